"""Every diagnostic code with its severity and title; a code, once given out, never changes its meaning.

BED1xx reading the file · BED2xx shape (BED22x of codings) · BED3xx expressions and templates · BED4xx references ·
BED5xx structure of play · BED6xx scoring · BED7xx tells · BED8xx text · BED9xx settings.
"""

from typing import Final

CODES: Final[dict[str, tuple[str, str]]] = {
    # reading
    "BED101": ("error", "the file cannot be read"),
    "BED102": ("error", "the file is too large"),
    "BED103": ("error", "the file is not UTF-8 text"),
    "BED104": ("error", "a character that a text file should not hold"),
    "BED105": ("error", "not well-formed YAML"),
    "BED106": ("error", "nested too deeply"),
    "BED107": ("error", "too many values"),
    "BED108": ("error", "anchors and aliases are not used"),
    "BED109": ("error", "tags are not used"),
    "BED110": ("error", "merge keys are not used"),
    "BED111": ("error", "more than one document in a file"),
    "BED112": ("error", "the same key twice"),
    "BED113": ("error", "a key that is not a word"),
    "BED114": ("error", "prose cut at a comma"),
    "BED115": ("warning", "prose cut short by #"),
    "BED116": ("error", "the file is empty"),
    "BED117": ("error", "not a plain text file"),
    # shape
    "BED201": ("error", "a key that is not known here"),
    "BED202": ("error", "a key is missing"),
    "BED203": ("error", "another kind of value is needed"),
    "BED204": ("error", "a number out of its range"),
    "BED205": ("error", "not one of the words that may stand here"),
    "BED206": ("error", "not a usable id"),
    "BED207": ("error", "empty where something is needed"),
    "BED208": ("error", "keys that do not go together"),
    "BED209": ("error", "an unsigned change"),
    "BED210": ("error", "not a date"),
    "BED211": ("error", "not this format, or not this version"),
    # a second coding
    "BED221": ("error", "a coding of another scenario"),
    "BED222": ("error", "a coding that holds what its kind does not"),
    "BED223": ("error", "a choice, case or criterion that is not to be coded"),
    # expressions and templates
    "BED301": ("error", "an expression that cannot be read"),
    "BED302": ("error", "a name that is not known in an expression"),
    "BED303": ("error", "a comparison that does not fit"),
    "BED304": ("error", "a condition that is always the same"),
    "BED305": ("error", "a function used wrongly"),
    "BED306": ("error", "a template that cannot be read"),
    "BED307": ("error", "more than templates may do"),
    "BED308": ("error", "a template where none is filled in"),
    "BED309": ("warning", "a condition that comes out the same in every playthrough"),
    # references
    "BED401": ("error", "a node, visit or ending that does not exist"),
    "BED402": ("error", "a criterion that no listed rubric has"),
    "BED403": ("error", "a name that was not declared"),
    "BED404": ("error", "a rubric that cannot be found"),
    "BED405": ("error", "an id that could mean several things"),
    "BED406": ("error", "an id used for two things"),
    "BED407": ("warning", "a link to a criterion that is not there"),
    # structure of play
    "BED501": ("error", "a loop that spends nothing"),
    "BED502": ("error", "a moment that could leave no choice"),
    "BED503": ("error", "cases without a last resort"),
    "BED504": ("warning", "a case that can never be reached"),
    "BED505": ("warning", "a node that nothing leads to"),
    "BED506": ("warning", "a promise that is never made, or can never be kept"),
    "BED507": ("warning", "a fact that is brought up and never told"),
    "BED508": ("error", "too many nodes"),
    "BED509": ("warning", "a node or visit that no playthrough comes to"),
    "BED510": ("warning", "an ending that no playthrough comes to"),
    "BED511": ("warning", "a choice that is never offered"),
    "BED512": ("warning", "a promise that can never be kept, or can stay open"),
    "BED513": ("warning", "a fact that is never told, or that nothing comes of"),
    "BED514": ("warning", "a goal that cannot be heard"),
    "BED515": ("warning", "a case that no playthrough uses"),
    # scoring
    "BED601": ("error", "a criterion and its parent on one choice"),
    "BED602": ("error", "a tested criterion on which nothing can be gained"),
    "BED603": ("error", "evidence without a reason"),
    "BED604": ("error", "bands out of order"),
    "BED605": ("warning", "a tag that no scenario uses"),
    "BED606": ("warning", "a weight that is not used"),
    "BED607": ("warning", "a lesser choice without what tempts to it"),
    "BED608": ("warning", "harm that nothing shows"),
    "BED609": ("warning", "an objective that is never exercised"),
    "BED610": ("warning", "a decision that is none"),
    # tells
    "BED701": ("warning", "the best choice is too often the longest"),
    "BED702": ("warning", "the best choice is too often one that is not spoken"),
    "BED703": ("warning", "the best choice is too often the only warm one"),
    "BED704": ("warning", "the best choice is too often in one place"),
    # text
    "BED801": ("warning", "a speaker who is not in the cast"),
    "BED802": ("warning", "speech that is lost in a paragraph"),
    "BED803": ("warning", "what the patient is told is hard to follow"),
    "BED804": ("warning", "a word in the chart that judges"),
    "BED805": ("warning", "a reading that is due"),
    "BED806": ("warning", "a text that looks cut"),
    # settings
    "BED901": ("error", "a key for an action that does not exist"),
}
