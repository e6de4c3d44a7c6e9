"""What the log of a finished encounter claims: complete in itself, so that a list needs one line of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.scoring.scores import gates_met, scores

if TYPE_CHECKING:
    from simulator.encounter.playthrough import Playthrough
    from simulator.scoring.scores import Score


def ended(started: dict[str, Any], play: Playthrough, *, is_rewound: bool) -> dict[str, Any]:
    """What `encounter-ended` says of a finished playthrough, without the time."""
    program, final = play.program, play.state
    decisions = play.decisions
    return {
        "session": started["session"],
        "scenario": started["scenario"]["id"],
        "learner": started["learner"],
        "mode": started["mode"],
        "seed": started["seed"],
        "started": started["time"],
        "choices": len(decisions),
        "rewound": is_rewound,
        "ending": program.endings[final.ending].id,
        "meters": {meter.id: value for meter, value in zip(program.meters, final.meters, strict=True)},
        "scores": {
            rubric: {
                "overall": exact(found.overall),
                "domains": {id_: exact(one) for id_, one in found.domains.items()},
                "criteria": {program.criteria[i].id: exact(one) for i, one in found.criteria.items() if one.moments},
                "band": found.band,
            }
            for rubric, found in scores(program, decisions, final).items()
        },
        "gates": list(gates_met(program, decisions, final)),
    }


def exact(score: Score) -> dict[str, Any]:
    """A score without rounding: fractions as text, such as "7/12"."""
    return {"earned": str(score.earned), "possible": str(score.possible), "met": score.met, "moments": score.moments}


def same(claimed: object, found: object) -> bool:
    """Whether two values are written alike: 1, 1.0 and true are equal in Python, and are not the same claim."""
    return json.dumps(claimed, sort_keys=True) == json.dumps(found, sort_keys=True)
