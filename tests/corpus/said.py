"""What is said of the first problem of some files of this folder: message, note and help, word for word."""

from __future__ import annotations

SAID = {
    "comma-in-braces.yaml": """\
        The comma before “and waited” ends the text, and the rest is lost.
        Put quotes around the whole text: noticed: "You sat, and waited".""",
    "colon-in-prose.yaml": """\
        A colon inside a text makes YAML take the words before it for a key.
        Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.""",
    "apostrophe-in-single-quotes.yaml": """\
        The quotation mark closes before the text ends.
        Write the text as a block (a | after the key, the text on the next line): no quotes are needed there.""",
    "no-break-space-in-indent.yaml": """\
        This line is indented with spaces of another kind (U+00A0 NO-BREAK SPACE).
        Use plain spaces: two for each level. Most editors can do that for you (“insert spaces”).""",
    "open-brace.yaml": """\
        The bracket { that opens here is not closed as it should be.
        Close it with }, and put quotes around prose inside it (commas, colons and brackets end it).""",
    "starts-with-star.yaml": """\
        “*sits” refers to another place in the file.
        Write the text out. If it should begin with *, put quotes around it.""",
    "unknown-key.yaml": """\
        “sumary” is not a key that can stand here.
        Did you mean “summary”?""",
    "unsigned-change.yaml": """\
        A meter is changed by +1 or -2, say, a flag is set to true or false, and this is “1”.
        Write +1 to add, or -1 to take away.""",
    "when-out-of-range.yaml": """\
        This is always false.
        trust goes from 0 to 10.""",
    "when-hyphen-in-name.yaml": """\
        Nothing here is called “named-the-fear”.
        In expressions a hyphen is written as _: named_the_fear.""",
    "when-minutes-left-without-clock.yaml": """\
        Nothing here is called “minutes_left”.
        There is no clock here: give the visit `minutes:`.""",
    "reference-unknown-node.yaml": """\
        There is no node “by” in this visit.
        Did you mean “bye”?""",
    "template-nowhere.yaml": """\
        Nothing is filled in here: this text is shown as it stands.
        Write the words themselves. Templates stand in lines, replies, choices, scenes, the chart, endings and what \
the patient says.""",
    "template-loop.yaml": """\
        “{% for” is not used here.
        Templates may use {{ … }}, {% if %}, {% elif %}, {% else %} and {% endif %}.""",
    "all-choices-conditional.yaml": """\
        Here all the choices could be unavailable at once.
        Add `otherwise:` with the node to go to then, or a choice without a condition.""",
    "loop-after-out-of-time.yaml": """\
        Play could go round here for ever.
        The loop: monday/knock.
        Let it pass a choice without `again`, or one that costs minutes on the clock.""",
    "control-escape.yaml": """\
        The character U+001B ESCAPE may not stand in a text.
        It is invisible, and could change what a reader or a terminal shows.
        Take the part that begins with \\ away.""",
    "rubric-rule-with-meter.yaml": """\
        Nothing here is called “trust”.
        A rubric's rules ask count('tag'); those of a scenario may ask more.""",
    "version-two.yaml": """\
        This file is of version 2 of the format, and this Bedside reads version 1.
        Look for a newer Bedside; or, if the number is a slip, write 1.""",
    "speech-without-block.yaml": """\
        Speech needs a block: without one, “lind:” is taken for a key.
        Write `reply: |`, and on the next line, two spaces further in, `lind: Every day at four.`.""",
    "speech-without-block-mixed.yaml": """\
        Speech needs a block: without one, “lind:” is taken for a key.
        Write `reply: |`, and on the next line, two spaces further in, `lind: Every day at four.`.""",
    "speech-without-block-in-list.yaml": """\
        Speech needs a block: without one, “lind:” is taken for a key.
        Write `- |`, and on the next line, two spaces further in, `lind: Every day.`.""",
    "speech-first-line-too-far.yaml": """\
        The lines of a block stand as far in as its first one, or further.
        Begin this line and line 17 in the same column.""",
    "speech-folded.yaml": """\
        “lind:” stands inside a paragraph, so it is not heard as speech.
        Begin the block with | in place of >: then each line is a paragraph of its own.""",
    "speech-indented.yaml": """\
        “lind:” stands inside a paragraph, so it is not heard as speech.
        Begin the line in the same column as the lines above it, with `lind:`.""",
    "speech-by-name.yaml": """\
        “Mrs Lind” is not an id of the cast, so this is played as narration.
        Write `lind:`: speech begins with the id.""",
    "speech-two-on-a-line.yaml": """\
        “ida:” stands inside a paragraph, so it is not heard as speech.
        Begin a line of its own with `ida:`, in a block (|).""",
    "speech-no-blank-after-colon.yaml": """\
        “lind” is not followed as a speaker is, so this is played as narration.
        Write `lind: …` or `lind (manner): …`: no space before the colon, and a plain one after.""",
    "bullet-dash.yaml": """\
        An item of a list begins with a hyphen from the keyboard, and this is “–”.
        Write `- text: Ask`: a hyphen, a space, and the item.""",
    "bullet-dot.yaml": """\
        An item of a list begins with a hyphen from the keyboard, and this is “•”.
        Write `- text: Ask`: a hyphen, a space, and the item.""",
    "bullet-without-blank.yaml": """\
        There is no plain space after the hyphen.
        Write `- text: Ask`.""",
    "bullet-texts.yaml": """\
        An item of a list begins with a hyphen from the keyboard, and this is “•”.
        Write `- What did you miss?`: a hyphen, a space, and the item.""",
    "no-break-space-after-colon.yaml": """\
        Beside “say:” stands a character that looks like a space and is none (U+00A0 NO-BREAK SPACE).
        Delete it, and type `say:` and a space again.""",
    "no-break-space-in-key.yaml": """\
        “learner-role” holds a character that cannot be seen: U+00A0 NO-BREAK SPACE.
        Delete it: type learner-role: again.""",
    "zero-width-in-id.yaml": """\
        “sitdown” holds a character that cannot be seen: U+200B ZERO WIDTH SPACE.
        An id has small letters, digits and hyphens, at most 60, and begins with a letter.
        Delete it: type sitdown again.""",
    "zero-width-in-reference.yaml": """\
        “bye” holds a character that cannot be seen: U+200B ZERO WIDTH SPACE.
        Delete it: type bye again.""",
    "no-blank-in-braces.yaml": """\
        There is no space after “trust:”.
        Write trust: +1, with a space.""",
    "no-colon-in-braces.yaml": """\
        There is no colon after “trust +1”.
        Write trust: +1.""",
    "minus-of-unicode.yaml": """\
        “−” is a dash, not the minus of the keyboard.
        Word processors put it in the place of a hyphen.
        Type -1.""",
    "starts-with-bracket.yaml": """\
        A text cannot begin with [ unless it is quoted.
        Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.""",
    "dedented-choice.yaml": """\
        This line does not line up with the ones it belongs to.
        Line 18, `sit:`, stands too far left: let it begin in column 11, like this line. Or, if that line is right, \
begin this one in column 10.""",
    "dedented-choice-second.yaml": """\
        This line does not line up with the ones it belongs to.
        It stands between two groups. Begin it in column 11, like line 18; or in column 9, like line 17; whichever \
it belongs to.""",
    "dedented-choice-alone.yaml": """\
        A group of keys is needed here, and this is nothing.
        Write the keys on lines of their own, indented by two spaces.""",
    "list-for-cast.yaml": """\
        A group of keys is needed here, and this is a list.
        Leave out the “-”. Give each a name under `cast`, such as `cast-1:`, on a line of its own, its keys below \
and further in.""",
    "list-for-facts.yaml": """\
        A group of keys is needed here, and this is a list.
        Leave out the “-”: each name under `facts` begins a line, with a colon after it.""",
    "list-for-meters.yaml": """\
        A group of keys is needed here, and this is a list.
        Leave out the brackets, and give each its own line under `meters`: `name: …`.""",
    "list-for-nodes.yaml": """\
        A group of keys is needed here, and this is a list.
        Leave out the “-”, and indent what belongs to `door:` by two spaces more.""",
    "group-for-flags.yaml": """\
        A list is needed here, and this is a group of keys.
        Write `[brave]`, or each item on a line of its own, after “- ”.""",
    "flag-yes.yaml": """\
        A meter is changed by +1 or -2, say, a flag is set to true or false, and this is “yes”.
        Write true.""",
    "known-choices.yaml": """\
        chose('zzz'): no such id among the choices.
        Known here: sit, stand.""",
    "reference-capital.yaml": """\
        “Bye” cannot be the id of anything.
        Did you mean “bye”?""",
    "reference-rubric-capital.yaml": """\
        “Home-Visit” cannot be the id of anything.
        Write home-visit.""",
    "reference-rubric-with-ending.yaml": """\
        “small.yaml” cannot be the id of anything.
        Write small, without .yaml.""",
    "reference-commas.yaml": """\
        Several ids in a row need square brackets.
        Write [listening, plain-words].""",
    "reference-curly-quotes.yaml": """\
        These quotation marks are curly.
        Write bye without them, or in straight quotation marks.""",
    "change-without-braces.yaml": """\
        A group of keys is needed here, and this is “trust +1”.
        Write `effects: {trust: +1}`.""",
    "scores-without-braces.yaml": """\
        A group of keys is needed here, and this is “listening 1”.
        Write `scores: {listening: 1}`.""",
    "objectives-same-line.yaml": """\
        The list of “objectives” begins on the next line.
        Write `- text: Ask what she wants` on a line of its own, indented by two spaces.""",
    "objectives-bare.yaml": """\
        A group of keys is needed here, and this is “Ask what she wants.”.
        Write `- text: Ask what she wants.`.""",
    "cast-bare.yaml": """\
        A group of keys is needed here, and this is “Rosa Delgado”.
        Write `{name: Rosa Delgado}`.""",
    "promise-never-made.yaml": """\
        No choice makes the promise “call”, so this choice is never offered.
        Write `makes: call` on the choice by which it is promised.""",
    "promise-never-kept.yaml": """\
        No choice keeps the promise “call”, so it stays open however the learner plays.
        Offer a choice with `keeps: call` later on.""",
    "fact-never-told.yaml": """\
        Nothing tells the fact “foot”, so this choice is never offered.
        Write `tells: foot` on the node or the choice where the patient says it.""",
    "variant-empty.yaml": """\
        The variant “town” has no values.
        Write one or more.""",
    "template-minutes-left.yaml": """\
        Nothing here is called “minutes_left”.
        There is no clock here: give the visit `minutes:`.""",
    "word-document.yaml": """\
        This is a document of a word processor (.docx, .odt) or another packed file.
        Save it as plain text, in the encoding UTF-8, with a name that ends in .yaml.""",
    "rtf.yaml": """\
        This is a text with formatting (.rtf).
        Save it as plain text, in the encoding UTF-8, with a name that ends in .yaml.""",
    "markdown-fence.yaml": """\
        This file begins with ```, as an example on a web page or in a chat does.
        Delete the lines with ```.""",
    "indented-node.yaml": """\
        “away” is not a key that can stand here.
        If “away” is an id of yours, it stands too far in or not far enough: let it begin in the same column as the \
ids beside it.""",
    "dedented-value.yaml": """\
        This line is indented further than the line above allows.
        Line 21, `because:`, stands too far left: let it begin in column 13, like this line. Or, if that line is \
right, begin this one in column 11.""",
    "dedented-first-value.yaml": """\
        This line is indented further than the line above allows.
        Line 19, `do:`, stands too far left: let it begin in column 13, like this line. Or, if that line is right, \
begin this one in column 12.""",
    "block-not-indented-speech.yaml": """\
        There is no text here.
        Begin its lines on the next line, two spaces further in than the key.""",
    "speech-namesakes.yaml": """\
        “Mrs Delgado” is not an id of the cast, so this is played as narration.
        Write `rosa:` or `ana:`: speech begins with the id.""",
    "reference-leave-in-capitals.yaml": """\
        “Friday” cannot be the id of anything.
        Did you mean “friday”?""",
    "bullet-no-break-space.yaml": """\
        There is no plain space after the hyphen.
        Write `- text: Ask`.""",
    "key-lost-in-block.yaml": """\
        “minutes:” looks like a key, and is read as part of the text above it.
        Begin the line further left, in the same column as the other keys; or, if it is prose, begin it with another \
word.""",
    "item-lost-in-text.yaml": """\
        This looks like an item of a list, and is read as part of the text above it.
        Begin the line further left, in the same column as the other items; or, if it is prose, begin it with another \
word.""",
    "no-colon-after-key.yaml": """\
        There is no colon after “do”.
        Write `do: Sit down.`.""",
    "open-quote-closed-below.yaml": """\
        A quotation mark opens here and is not closed.
        Close it at the end of the line, or wherever the text ends. The next " in the file, in line 28, was taken for \
its end.""",
    "first-key-too-far-in.yaml": """\
        This line does not line up with the ones it belongs to.
        Line 19 stands too far in: let it begin in column 13, like this line, and what belongs to it two spaces \
further in. Or, if that line is right, begin this one in column 15.""",
    "lesser-without-tempts.yaml": """\
        This lesser choice does not say what tempts to it.
        “sit” is always better here.
        Add `tempts:` with the good motive behind it.""",
    "hard-words.yaml": """\
        What can be said in this visit reads like school year 16, and this adds most to it.
        All that can be said here: grade 15.7, of 108 words. This choice: grade 31.2, 9 words in its longest sentence.
        Say it in shorter sentences and everyday words: grade 8 or less.""",
    "judging-words.yaml": """\
        “Non-compliant” judges the patient.
        Whoever reads the chart next meets the word before the person.
        Write what was seen or said, such as: has not taken, or could not take; and why, if you know. A word that is \
there for learners to notice goes into quotation marks.""",
    "reading-due.yaml": """\
        This scenario was to be read again by 2025-05-02.
        Read it against its sources, and add under `reviewed` who did and when.""",
    "harm-that-nothing-shows.yaml": """\
        Nothing in the story shows that this is harmful.
        It has no reply and no effects, and it leads where every other choice here leads.
        Let the patient answer (`reply`), let it change something (`effects`), or let it lead elsewhere.""",
}
