"""Taking the next number of a register, noted in the journal of the dossier that uses it."""

from app.engine.turn import Turn


def take_number(turn: Turn, register: str, unit: str, **what: str) -> str:
    """The next number of a register, noted in the journal."""
    known = turn.world.organisation.registers.get(register)
    series = str(turn.state.answers.get(known.series) or "") if known is not None and known.series else ""
    number = turn.world.numbers.take(register, unit=unit, at=turn.now, series=series, values=_words(turn))
    details = {name: value for name, value in what.items() if value}
    first = not turn.state.code and turn.state.kind != "service"
    turn.emit("number_given", {"register": register, "number": number, **details, **({"code": True} if first else {})})
    return number


def _words(turn: Turn) -> dict[str, str]:
    """Placeholders of numbers that only the dossier knows: the columns of the options chosen."""
    words = {"period": turn.state.period}
    for key, field in turn.procedure.form.fields.items():
        chosen = turn.state.answers.get(key)
        option = next((item for item in field.options if item.key == chosen), None) if field.type == "choice" else None
        columns = {name for item in field.options for name in item.columns}
        words.update((f"{key}.{name}", option.columns.get(name, "") if option is not None else "") for name in columns)
    return words
