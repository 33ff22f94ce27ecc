"""`flask procedures new`: a first file from a few questions, checked and tested before it is written."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from app.cli.now import office_now
from app.cli.procedure_choice import config_folder, config_option, stop
from app.definition.check import Checked, CheckedProcedure, check_config
from app.definition.duration import Duration, parse_duration
from app.definition.model.organisation import Organisation
from app.definition.problem import Severity, format_text
from app.definition.source import read_tree
from app.definition.starting_file import SCHEMA_LINE, Answers, name_from, starting_document
from app.definition.yaml_text import yaml_text
from app.engine.environment import Environment
from app.engine.fees import fees_due, total
from app.engine.fold import fold
from app.engine.scenario import run_scenarios
from app.engine.world import World
from app.operations.scenario_run import problems_of, world_of
from app.vietnamese.spelling import nearest

MISTAKES = 1
MORNING = time(9)
Files = dict[str, bytes]


@click.command("new")
@click.option("--title", help="Full name of the procedure.")
@click.option("--field", help="Field of work, a key of organisation.yaml.")
@click.option("--key", help="Permanent key, field/name.")
@click.option("--agency", help="The unit that decides, a key of organisation.yaml.")
@click.option("--limit", help="Time limit: 5 working days, 20 days, same day; a number alone means working days.")
@click.option("--fee", type=click.IntRange(0, 10**12), help="Fee in đồng; 0 for none.")
@click.option("--documents", multiple=True, help="Title of a paper to be handed in; may be repeated.")
@click.option("--code", default="", help="National code.")
@click.option("--for", "applicants", multiple=True, default=("citizen", "organisation"), help="Who may apply.")
@click.option("--legal-basis", multiple=True, help="A legal text; may be repeated.")
@click.option("--result", default="", help="Title of what comes out.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day; today if left out.")
@config_option
@with_appcontext
def new(config: Path | None, **given: Any) -> None:
    """Write the first file of a procedure. What is not given as an option is asked for. Never overwrites a file."""
    folder = config_folder(config)
    files = dict(read_tree(folder, str(folder)).files)
    shared = check_config({path: data for path, data in files.items() if not path.startswith("procedures/")}, ())
    if shared.organisation is None:
        stop(f"{folder}: chưa có organisation.yaml đọc được; xem: flask procedures check")
    answers = _answers(given, shared.organisation, office_now().date())
    path = f"procedures/{answers.key}.yaml"
    if (folder / path).exists():
        stop(f"{folder / path}: đã có tệp này; chọn --key khác")
    head = SCHEMA_LINE if (folder / "schema" / "procedure.json").is_file() else ""
    text = _tested(answers, shared, files, path, str(folder / path), head)
    _write(folder / path, text)
    click.echo(
        f"Đã viết {folder / path}, 0 lỗi, kịch bản đạt. Sửa tiếp rồi chạy: flask procedures check {folder / path}"
    )


# ---- questions


def _answers(given: dict[str, Any], organisation: Organisation, today: date) -> Answers:
    title = _asked(given["title"], "Tên thủ tục", _not_empty)
    field = _asked(given["field"], f"Lĩnh vực ({', '.join(organisation.fields)})", _among(organisation.fields))
    agency = _asked(given["agency"], "Cơ quan giải quyết (khóa đơn vị)", _among(organisation.units))
    suggested = f"{field}/{name_from(title)}"
    # A script that gives the title gets the key that follows from it; a person may change it.
    key = _asked(given["key"] or (suggested if given["title"] else None), "Khóa", _not_empty, default=suggested)
    limit = _asked(given["limit"], "Thời hạn (ví dụ 5 working days; chỉ ghi số là ngày làm việc)", _limit)
    fee = given["fee"]
    if fee is None:
        fee = 0 if given["title"] else click.prompt("Phí, đồng (0: không thu)", type=click.IntRange(0), default=0)
    since: datetime | None = given["since"]
    return Answers(
        key=key if "/" in key else f"{field}/{key}",
        title=title,
        field=field,
        agency=agency,
        limit=limit,
        since=since.date() if since is not None else today,
        code=given["code"],
        fee=int(fee),
        documents=_several(given["documents"], given["title"], "Giấy tờ phải nộp (Enter để thôi)"),
        applicants=tuple(given["applicants"]),
        legal_basis=_several(given["legal_basis"], given["title"], "Căn cứ pháp lý (Enter để thôi)")
        or ("Chưa ghi căn cứ pháp lý",),
        result=given["result"],
    )


def _asked(given: str | None, question: str, valid: Callable[[str], str], *, default: str | None = None) -> str:
    """An option that was given must be right; a question is asked again until its answer is."""
    if given is None:
        return str(click.prompt(question, value_proc=valid, default=default))
    try:
        return valid(given)
    except click.BadParameter as fault:
        stop(f"{question}: {fault.message}")


def _several(given: Sequence[str], title: str | None, question: str) -> tuple[str, ...]:
    """Several texts; asked for only where the questions are asked at all."""
    if given or title is not None:
        return tuple(given)
    found: list[str] = []
    while answer := click.prompt(question, default="", show_default=False):
        found.append(answer)
    return tuple(found)


def _not_empty(text: str) -> str:
    if not text.strip():
        raise click.BadParameter("không được để trống")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("có ký tự không phải Unicode") from None
    return text.strip()


def _among(known: Any) -> Callable[[str], str]:
    def valid(text: str) -> str:
        if text not in known:
            meant = nearest(text, known)
            cure = f"Ý bạn là {', '.join(meant)}?" if meant else f"Có: {', '.join(known)}"
            raise click.BadParameter(f"không có {text!r}. {cure}")
        return text

    return valid


def _limit(text: str) -> str:
    written = f"{text.strip()} working days" if text.strip().isdigit() else text.strip()
    duration = parse_duration(written)
    if not isinstance(duration, Duration) or duration.kind in ("phases", "until"):
        raise click.BadParameter(f"{text!r} không phải thời hạn; viết như 5 working days, 20 days, same day, none")
    return duration.to_text()


# ---- the file


def _tested(answers: Answers, shared: Checked, files: Files, path: str, label: str, head: str) -> str:
    """The text of the file, its test filled with what the machine makes of it. Ends with 1 where it has mistakes."""
    world = world_of(shared, answers.since)
    if world is None or shared.organisation is None:
        stop("Chưa có lịch làm việc (config/calendar); chưa tính được hạn trả")
    edition = world.calendar.edition
    first = min(max(answers.since, edition.known_from), edition.known_to)
    received = datetime.combine(world.calendar.rolled(first), MORNING)
    test: dict[str, Any] = {"given": {"received": f"{received:%Y-%m-%d %H:%M}"}}
    text = head + yaml_text(starting_document(answers, shared.organisation, test))
    one = _checked(text, files, path, label)
    expected = {"expect": _expected(one, world)}
    text = head + yaml_text(starting_document(answers, shared.organisation, {**test, **expected}))
    one = _checked(text, files, path, label)
    failures = list(problems_of(one, run_scenarios(one.procedure, world)))
    if failures:
        _refuse(format_text(failures))
    return text


def _checked(text: str, files: Files, path: str, label: str) -> CheckedProcedure:
    checked = check_config({**files, path: text.encode()}, {path}, labels={path: label}, alone=True)
    wrong = [problem for problem in checked.problems if problem.severity is not Severity.WARNING]
    one = next((one for one in checked.procedures.values() if one.path == path), None)
    if wrong or one is None:
        _refuse(format_text(wrong))
    return one


def _refuse(mistakes: str) -> NoReturn:
    click.echo(mistakes, err=True, nl=False)
    click.echo("Chưa viết gì: sửa các câu trả lời trên rồi làm lại.", err=True)
    raise SystemExit(MISTAKES)


def _expected(one: CheckedProcedure, world: World) -> dict[str, Any]:
    (result,) = run_scenarios(one.procedure, world)
    if result.failures:
        _refuse(format_text(problems_of(one, [result])))
    state = fold(result.events)
    fee = total(fees_due(one.procedure, Environment(one.procedure, state, world, state.last_at), state.fees))
    return {"due": f"{state.due:%Y-%m-%d %H:%M}" if state.due else "none", "fee": fee, "status": state.status}


def _write(path: Path, text: str) -> None:
    """A new file: what is there is never written over, not even when it came to be there this very moment."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as fault:
        stop(f"{path}: không ghi được: {fault.strerror}")
