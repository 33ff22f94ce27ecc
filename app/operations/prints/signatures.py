"""Who signs a paper: the words above the name, and the name of whoever holds the position when it is made."""

from collections.abc import Iterator

from app.definition.model.print_text import Print, Signer
from app.definition.model.who import Party
from app.engine.rights import APPLICANT, USER, may_act, party_positions, unit_of
from app.operations.prints.occasion import Occasion
from app.storage.people import people_in
from app.storage.projection import text_of

_APPLICANT = "Người nộp hồ sơ"
_BY_HAND = "(Ký và ghi rõ họ tên)"


def signatures(one: Print, occasion: Occasion) -> list[dict[str, str]]:
    """One entry for each who signs: ``{"role", "name", "note"}``; no name where several people or nobody could sign.

    Whoever signs for an office signs as NĐ 30/2020 has it; the others are told to write their name.
    """
    return [signed for signer in one.signers for signed in _signed(signer, occasion)]


def office_of(one: Print, occasion: Occasion) -> str:
    """The unit whose office-holder signs first; "" where a paper is signed by whoever makes it."""
    for signer in one.signers:
        for party in signer.who.parties if signer.who is not None else ():
            places = party_positions(party, occasion.state, occasion.world.organisation, occasion.now.date())
            unit = next((unit_of(place) for place in places if not place.startswith(USER)), "")
            if unit:
                return unit
    return ""


def submitter_name(occasion: Occasion) -> str:
    """Whoever stood at the counter, else the representative, else the applicant."""
    applicant = occasion.state.applicant
    return next(filter(None, (text_of(applicant.get(part)) for part in ("submitter", "representative", "name"))), "")


def _signed(signer: Signer, occasion: Occasion) -> Iterator[dict[str, str]]:
    if signer.who is None:
        yield {"role": signer.words, "name": occasion.maker, "note": _BY_HAND}
        return
    parties = signer.who.parties if signer.who.each else signer.who.parties[:1]
    for party in parties:
        yield _of_party(party, signer.words, occasion)


def _of_party(party: Party, words: str, occasion: Occasion) -> dict[str, str]:
    if party.kind == APPLICANT:
        return {"role": words or _APPLICANT, "name": submitter_name(occasion), "note": _BY_HAND}
    organisation = occasion.world.organisation
    positions = tuple(party_positions(party, occasion.state, organisation, occasion.now.date()))
    own = may_act(occasion.by.actor, positions)
    if own:
        return {"role": words or _role(own, occasion), "name": occasion.maker}
    named = [place.removeprefix(USER) for place in positions if place.startswith(USER)]
    if named:
        return {"role": words or "Người ký", "name": occasion.person_name(named[0])}
    holders = people_in(positions) if positions else ()
    name = holders[0].full_name if len(holders) == 1 else ""
    return {"role": words or (_role(positions[0], occasion) if positions else ""), "name": name}


def _role(position: str, occasion: Occasion) -> str:
    """`Giám đốc`: the title of the role, by the level of its unit."""
    organisation = occasion.world.organisation
    key, _, unit_key = position.partition("@")
    role, unit = organisation.roles.get(key), organisation.units.get(unit_key)
    return key if role is None else role.titles.get(unit.level if unit else "", role.title)
