"""Every kind of mistake, by its name in the table."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.mutations import layout, play, references, values
from tests.mutations.page import Page, Planted

KINDS: dict[str, Callable[[Page, Random], Planted | None]] = {
    # names
    "a node misspelt": references.node,
    "an ending misspelt": references.ending,
    "a visit misspelt": references.visit,
    "a criterion misspelt": references.criterion,
    "a meter misspelt in effects": references.meter,
    "a meter misspelt in a condition": references.meter_in_condition,
    "a flag misspelt": references.flag,
    "a fact misspelt": references.fact,
    "a promise misspelt": references.promise,
    "a choice misspelt": references.choice,
    "a speaker misspelt": references.cast,
    "a rubric misspelt": references.rubric,
    "a key misspelt": references.key,
    "a speaker who is not in the cast": references.stranger,
    "an id in another form": references.another_form,
    "`next` to a node of another visit": references.node_of_another_visit,
    "`leave` to a node": references.leave_to_a_node,
    "a promise kept and never made": references.promise_never_made,
    "a fact brought up and never told": references.fact_never_told,
    # conditions and templates
    "curly quotation marks in a condition": references.curly_quotes,
    "`=` in a condition": references.one_equals_sign,
    "a condition beyond the meter": references.impossible,
    "an open parenthesis in a condition": references.open_parenthesis,
    "an id without quotes in a condition": references.id_without_quotes,
    "a template with an unknown name": play.template_name,
    "a template left open": play.template_open,
    # layout
    "a line too far in": layout.line_too_far_in,
    "a line too far out": layout.line_too_far_out,
    "a block too far in": layout.block_too_far_in,
    "a block too far out": layout.block_too_far_out,
    "an item of a list too far in": layout.item_too_far_in,
    "a key lost in the text above it": layout.key_lost_in_text,
    "a line of a block too far out": layout.line_of_block_too_far_out,
    "a dash for a hyphen": layout.dash_for_hyphen,
    "a tab": layout.tab,
    "no blank after a colon": layout.no_blank_after_colon,
    "no colon after a key": layout.no_colon,
    "speech without its block": layout.no_block_sign,
    "a brace not closed": layout.open_brace,
    "a bracket not closed": layout.open_bracket,
    "a quotation mark not closed": layout.open_quote,
    # prose
    "an apostrophe in single quotation marks": layout.apostrophe,
    "prose that begins with a quoted word": layout.quoted_beginning,
    "prose that begins with a sign": layout.begins_with_a_sign,
    "a comma in braces": layout.comma_in_braces,
    "a colon in prose": layout.colon_in_prose,
    "prose cut by #": layout.cut_by_hash,
    # left out
    "`next` left out": values.no_next,
    "the verb left out": values.no_verb,
    "a node without an end": values.no_end,
    "another needed key left out": values.no_needed_key,
    "evidence without `because`": values.no_reason,
    "harm without `because`": values.harm_without_reason,
    "no default among the cases": values.no_default,
    "nothing after a key": values.nothing_after_key,
    # the course of play
    "a node that leads to itself": play.leads_to_itself,
    "a node that nothing leads to": play.nothing_leads_there,
    "a moment with nothing but conditional choices": play.all_conditional,
    "a criterion tested and never coded": play.tested_and_never_coded,
    # twice, in the wrong place, of another kind
    "a key twice": values.key_twice,
    "an id twice": values.id_twice,
    "two verbs": values.two_verbs,
    "`choices` and `next`": values.choices_and_next,
    "a key of another place": values.key_of_another_place,
    "a list for a group": values.list_for_group,
    "a text under another key": values.text_under_another_key,
    "a level beyond 2": values.level_of_three,
    "an unsigned change": values.unsigned,
    "a flag counted, or a meter set to true": values.amount_on_a_flag,
    "yes for true": values.yes_for_true,
    "a bad date": values.bad_date,
    "a number in words": values.number_in_words,
    "a word that is none of those": values.word_that_is_none,
    "bands out of order": values.bands_out_of_order,
}
