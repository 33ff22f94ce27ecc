import pytest

from app.definition.expression import (
    DATE,
    DURATION,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    OBJECT,
    PERCENT,
    TEXT,
    UNIT,
    USER,
    Name,
    Scope,
    Type,
    calendar,
    field_type,
    listed,
    money,
    option,
    rows,
)
from tests.definition.expression.expression_examples import PEOPLE, SCOPE, SUBJECT, TOPICS, places, problems, read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("area", NUMBER),
        ("fee + 1", MONEY),
        ("1 + fee", MONEY),
        ("fee + fee", MONEY),
        ("fee * 5%", MONEY),
        ("5% * fee", MONEY),
        ("fee * area", MONEY),
        ("area * fee", MONEY),
        ("fee / 2", MONEY),
        ("fee / 2%", MONEY),
        ("fee / fee", NUMBER),
        ("area * rate", NUMBER),
        ("rate * rate", NUMBER),
        ("rate + rate", PERCENT),
        ("rate + area", NUMBER),
        ("rate / rate", NUMBER),
        ("-fee", MONEY),
        ("abroad + abroad", money("USD")),
        ("max(fee, 1000)", MONEY),
        ("max(1000, fee)", MONEY),
        ("min(received, born)", DATE),
        ("min(born, received, issued)", DATE),
        ("min(received, received)", MOMENT),
        ("max(area, rate)", NUMBER),
        ("round(fee, 2)", MONEY),
        ("sum(people.share)", PERCENT),
        ("max(people.born)", DATE),
        ("sum(people.paid, head)", MONEY),
        ("fee if resurvey else 0", MONEY),
        ("born if resurvey else received", DATE),
        ('subject if resurvey else "land"', SUBJECT),
        ('"land" if resurvey else subject', SUBJECT),
        ("people.days", listed(NUMBER)),
        ("unit_of(holder)", UNIT),
        ("add(received, 5 working days)", DATE),
        ('lookup("wards", commune, "zone")', TEXT),
        ('chosen("sign")', option({"grant": "Cấp", "refuse": "Từ chối"}, "sign")),
        ("supplements()", NUMBER),
        ("count(members)", NUMBER),
        ("count(people.days)", NUMBER),
        ("term + 5 days", DURATION),
        ("applicant.kind is missing", FLAG),
    ],
)
def test_every_construct_has_its_type(text: str, kind: Type) -> None:
    assert read(text).type == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aera > 1", [("X02", "aera")]),
        ("people.dais is missing", [("X02", "people.dais")]),
        ("area.size > 1", [("X02", "area.size")]),
        ("days > 3", [("X02", "days")]),
        ("area and resurvey", [("X03", "area")]),
        ("not area", [("X03", "area")]),
        ("1 if area else 2", [("X03", "area")]),
        ('title > "a"', [("X03", 'title > "a"')]),
        ("resurvey == 1", [("X03", "resurvey == 1")]),
        ("area == title", [("X03", "area == title")]),
        ("fee == abroad", [("X03", "fee == abroad")]),
        ("fee + abroad", [("X03", "fee + abroad")]),
        ("fee * fee", [("X03", "fee * fee")]),
        ("fee + 5%", [("X03", "fee + 5%")]),
        ("area / fee", [("X03", "area / fee")]),
        ("fee / abroad", [("X03", "fee / abroad")]),
        ("born + 5", [("X03", "born + 5")]),
        ("born - issued", [("X03", "born - issued")]),
        ("term - 5 days", [("X03", "term - 5 days")]),
        ("term * 2", [("X03", "term * 2")]),
        ("resurvey + 1", [("X03", "resurvey + 1")]),
        ("-title", [("X03", "-title")]),
        ("-owner", [("X03", "-owner")]),
        ("rate > 5", [("X03", "rate > 5")]),
        ("5 < rate", [("X03", "5 < rate")]),
        ("people.days > 3", [("X03", "people.days > 3")]),
        ("3 > people.days", [("X03", "3 > people.days")]),
        ("owner == owner", [("X03", "owner == owner")]),
        ("topics == topics", [("X03", "topics == topics")]),
        ("subject == channel", [("X03", "subject == channel")]),
        ("subject == title", [("X03", "subject == title")]),
        ("opens < month", [("X03", "opens < month")]),
        ('opens < "9h"', [("X03", '"9h"')]),
        ('month == "2026-13"', [("X03", '"2026-13"')]),
        ('quarter == "2026-5"', [("X03", '"2026-5"')]),
        ("term < 5 days", [("X03", "term < 5 days")]),
        ("5 days < 1 month", [("X03", "5 days < 1 month")]),
        ("5 days + 1 month == term", [("X03", "5 days + 1 month")]),
        ("5 working days == 5 days", [("X11", "5 working days == 5 days")]),
        ("5 hours + 5 days == term", [("X11", "5 hours + 5 days")]),
        ('subject == "lnad"', [("R08", '"lnad"')]),
        ('"lnad" == subject', [("R08", '"lnad"')]),
        ('subject == ("x" if resurvey else "land")', [("R08", '"x"')]),
        ('subject == ("land" if resurvey else "y")', [("R08", '"y"')]),
        ('subject in ["land", "x"]', [("R08", '"x"')]),
        ('"x" in topics', [("R08", '"x"')]),
        ("area in topics", [("X03", "area")]),
        ("area in area", [("X03", "area in area")]),
        ('area in [1, "x"]', [("X03", 'area in [1, "x"')]),
        ("area in [aera, pagse]", [("X02", "aera"), ("X02", "pagse")]),
        ("owner in [owner]", [("X03", "owner in [owner")]),
        ('agency == "land-ofice"', [("R05", '"land-ofice"')]),
        ('has(topics, "x")', [("R08", '"x"')]),
        ("has(area, 1)", [("X03", "area")]),
        ("has(topcis, aera)", [("X02", "topcis"), ("X02", "aera")]),
        ("sum([1, 2], resurvey)", [("X03", "[1, 2]")]),
        ('done("sing")', [("R01", '"sing"')]),
        ("done(title)", [("X03", "title")]),
        ("done(5)", [("X03", "5")]),
        ('chosen("sing") == "grant"', [("R01", '"sing"')]),
        ('chosen("sign") == "grnat"', [("R08", '"grnat"')]),
        ('chosen("receive") == "grant"', [("R08", '"grant"')]),
        ('opinions("reveiw", "agree")', [("R01", '"reveiw"')]),
        ('opinions("review", "agre")', [("R08", '"agre"')]),
        ('opinions("sign", "agree")', [("R08", '"agree"')]),
        ('handed_in("servey")', [("R02", '"servey"')]),
        ('paid("apraisal")', [("R02", '"apraisal"')]),
        ('lookup("ward", commune, "zone")', [("R03", '"ward"')]),
        ('lookup("wards", commune, "zon")', [("R03", '"zon"')]),
        ('lookup("wards", area, "zone")', [("X03", "area")]),
        ("foo(1)", [("X04", "foo")]),
        ("min()", [("X04", "min()")]),
        ("abs(1, 2)", [("X04", "abs(1, 2)")]),
        ("supplements(1)", [("X04", "supplements(1)")]),
        ("any(people)", [("X04", "any(people)")]),
        ("abs(title)", [("X03", "title")]),
        ("abs(born)", [("X03", "born")]),
        ("round(area, pages)", [("X03", "pages")]),
        ("round(area, 13)", [("X03", "13")]),
        ("round(area, 1.5)", [("X03", "1.5")]),
        ("round(area, 5%)", [("X03", "5%")]),
        ("length(area)", [("X03", "area")]),
        ("length(aera)", [("X02", "aera")]),
        ("days_between(born, area)", [("X03", "area")]),
        ("within_unit(agency, holder)", [("X03", "holder")]),
        ("min(title, note)", [("X03", "min(title, note)")]),
        ("min(area, title)", [("X03", "area, title")]),
        ("min(area, born, title)", [("X03", "area, born")]),
        ("min(area)", [("X03", "area")]),
        ("max(people.name)", [("X03", "people.name")]),
        ("sum(people)", [("X03", "people")]),
        ("sum(people.born)", [("X03", "people.born")]),
        ("sum(people.dais)", [("X02", "people.dais")]),
        ("sum(topics, resurvey)", [("X03", "topics")]),
        ("sum(people.days, area)", [("X03", "area")]),
        ("count(area)", [("X03", "area")]),
        ("count(topics, resurvey)", [("X03", "topics")]),
        ("any(topics, resurvey)", [("X03", "topics")]),
        ("any(people, days)", [("X03", "days")]),
        ("any(people, any(plots, size > days))", [("X13", "size > days")]),
        ("any(people, sum(plots.size, size > 1) > 1)", [("X13", "size > 1")]),
        ("add(area, 5 days)", [("X03", "area")]),
        ("add(born, 5)", [("X03", "5")]),
        ("area / 0", [("X12", "0")]),
        ("aera + 1 > pagse and sbuject == 1", [("X02", "aera"), ("X02", "pagse"), ("X02", "sbuject")]),
        ("(aera if resurve else 1) > 0", [("X02", "aera"), ("X02", "resurve")]),
        ("not aera", [("X02", "aera")]),
        ("aera is missing", [("X02", "aera")]),
        ("max(aera, 1)", [("X02", "aera")]),
        ("aera in topics", [("X02", "aera")]),
        ("(resurvey if remote else area) == 1", [("X03", "resurvey if remote else area")]),
    ],
)
def test_all_mistakes_are_found_where_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


def test_twenty_problems_are_enough() -> None:
    assert len(problems(" and ".join(f"x{number}" for number in range(60)))) == 20
    assert len(problems(" and ".join(["-title > 1"] * 30))) == 20


def test_near_names_and_all_keys_are_offered() -> None:
    name = problems("diện_tich > 1", Scope({"dien_tich": Name(NUMBER, "Diện tích")}))[0]
    assert name.nearest == ("dien_tich",)
    assert name.cure.vi == 'Có phải là "dien_tich"?'
    key = problems('subject == "houze"')[0]
    assert key.cure.en == 'Did you mean "house"? Use one of: land, house, both'
    assert key.params["field"].vi == "subject"
    assert problems('chosen("receive") == "x"')[0].cure.vi == "Ở đây không có lựa chọn nào"


def test_the_own_row_hides_the_form() -> None:
    scope = Scope({**SCOPE.names, "days": Name(TEXT, "Ngày trong đơn")})
    assert read("any(people, days > 3)", scope).reads == {"people", "people.days"}
    assert read("length(days)", scope).reads == {"days"}


def test_a_column_value_sees_its_row_and_a_called_procedure_its_dotted_row() -> None:
    assert read("days * 2", SCOPE.in_row("people")).type == NUMBER
    assert read("people.days", SCOPE.in_row("people")).type == NUMBER
    assert read("plots.size", SCOPE.in_row("people")).type == listed(NUMBER)
    assert read("all(people, people.days <= max(people.days) and days in people.days)").type == FLAG
    assert problems("dais", SCOPE.in_row("people"))[0].nearest[0] == "days"


def test_more_names_can_be_added() -> None:
    assert read("area2 + area", SCOPE.with_names({"area2": Name(NUMBER, "Thêm")})).reads == {"area", "area2"}


def test_references_without_a_map_are_not_checked() -> None:
    bare = Scope({"commune": Name(option(None), "Xã"), "agency": Name(UNIT, "Cơ quan")})
    text = (
        'done("a") and handed_in("b") and paid("c") and opinions("d", "e") > 0 and chosen("f") == "g" '
        'and lookup("h", commune, "i") == "j" and agency == "k" and commune == "l"'
    )
    assert read(text, bare).functions == {"done", "handed_in", "paid", "opinions", "chosen", "lookup"}


def test_functions_can_be_closed_off() -> None:
    scope = Scope(SCOPE.names, functions=frozenset({"count"}))
    assert places("count(people) > abs(area)", scope) == [("X04", "abs")]


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("resurvey", FLAG, FLAG),
        ("1000", MONEY, MONEY),
        ("fee", MONEY, MONEY),
        ("area / pages", PERCENT, PERCENT),
        ("5%", PERCENT, PERCENT),
        ("received", DATE, DATE),
        ("received", (DATE, MOMENT), DATE),
        ("received", (MOMENT, DATE), MOMENT),
        ("born", (DATE, MOMENT), DATE),
        ('"land"', SUBJECT, SUBJECT),
        ('"land" if resurvey else "house"', SUBJECT, SUBJECT),
        ('"00123"', option(None), option(None)),
        ('"council"', UNIT, UNIT),
        ('"09:30"', calendar("time"), calendar("time")),
        ('["weather"]', listed(TOPICS), listed(TOPICS)),
        ("topics", listed(TOPICS), listed(TOPICS)),
        ("people.days", listed(NUMBER), listed(NUMBER)),
        ("people", PEOPLE, PEOPLE),
        ("owner", OBJECT, OBJECT),
        ("5 days", DURATION, DURATION),
        ("holder", USER, USER),
    ],
)
def test_a_value_fits_where_it_is_expected(text: str, expected: Type, kind: Type) -> None:
    assert read(text, SCOPE, expected).type.kind == kind.kind


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("area", FLAG, [("X03", "area")]),
        ("fee", NUMBER, [("X03", "fee")]),
        ("5", PERCENT, [("X03", "5")]),
        ("born", MOMENT, [("X03", "born")]),
        ("area", (DATE, MOMENT), [("X03", "area")]),
        ('"x"', SUBJECT, [("R08", '"x"')]),
        ('["x"]', listed(TOPICS), [("R08", '"x"')]),
        ("topics", listed(USER), [("X03", "topics")]),
        ("topics", listed(SUBJECT), [("X03", "topics")]),
        ("abroad", MONEY, [("X03", "abroad")]),
        ('"x"', UNIT, [("R05", '"x"')]),
    ],
)
def test_a_value_that_does_not_fit_is_named(text: str, expected: Type, found: list[tuple[str, str]]) -> None:
    assert places(text, SCOPE, expected) == found


def test_a_misfit_says_both_types() -> None:
    problem = problems("area", SCOPE, (DATE, MOMENT))[0]
    assert problem.params["left"].vi == "số"
    assert problem.params["right"].en == "date / moment"


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("100 / area", ["area"]),
        ("100 / (area - 1)", ["area - 1"]),
        ("100 / pages", []),
        ("100 / 5", []),
        ("100 / max(area, 1)", []),
        ("100 / max(area, pages)", ["max(area, pages)"]),
        ("100 / max(area, 0)", ["max(area, 0)"]),
        ("100 / (area * 2)", ["area * 2"]),
        ("100 / (pages * 2)", []),
        ("100 / (pages + 2)", ["pages + 2"]),
        ("100 / area if area > 0 else 0", []),
        ("100 / area if area != 0 else 0", []),
        ("100 / area if area >= 1 else 0", []),
        ("100 / area if area == 5 else 0", []),
        ("100 / area if area >= 0 else 0", ["area"]),
        ("100 / area if area > -1 else 0", ["area"]),
        ("0 if area > 0 else 100 / area", ["area"]),
        ("100 / area if resurvey and area > 0 else 0", []),
        ("100 / area if area > 0 or resurvey else 0", ["area"]),
        ("100 / area if area > 0.5 else 0", []),
        ("area > 0 and 100 / area > 3", []),
        ("100 / area > 3 and area > 0", ["area"]),
        ("area > pages and 100 / area > 3", ["area"]),
        ('title != "a" and 100 / area > 3', ["area"]),
        ("remote == true and 100 / area > 3", ["area"]),
        ("100 / area / area", ["area", "area"]),
    ],
)
def test_a_divisor_that_may_be_zero_is_warned_of(text: str, warned: list[str]) -> None:
    found = read(text).warnings
    assert [problem.params["name"].vi for problem in found] == warned
    assert {problem.rule for problem in found} <= {"X12"}
    assert [text[problem.offset : problem.offset + problem.length] for problem in found] == warned


def test_what_is_read_called_and_asked_for_is_known() -> None:
    expression = read(
        'count(people, days > area) > 1 and applicant.kind is missing and people.born is missing and done("sign")'
    )
    assert expression.reads == {"people", "people.days", "people.born", "area", "applicant.kind"}
    assert expression.asks_missing == {"applicant.kind", "people", "people.born"}
    assert expression.functions == {"count", "done"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("long_text", TEXT),
        ("area", NUMBER),
        ("year", NUMBER),
        ("percent", PERCENT),
        ("datetime", MOMENT),
        ("month", calendar("month")),
        ("pledge", FLAG),
        ("party", OBJECT),
        ("users", listed(USER)),
        ("note", None),
        ("nothing", None),
    ],
)
def test_field_types_are_expression_types(name: str, kind: Type | None) -> None:
    assert field_type(name) == kind


def test_field_types_with_parts() -> None:
    labels = {"a": "A"}
    columns = {"size": Name(NUMBER, "Cỡ")}
    assert field_type("choice", options=labels, options_name="f") == option(labels, "f")
    assert field_type("choices", options=labels) == listed(option(labels))
    assert field_type("table", columns=columns) == rows(columns)
    assert field_type("table") == rows({})
    assert field_type("money", measure="USD") == money("USD")
    assert field_type("money", measure="đồng") == MONEY
    assert field_type("file", many=True) == listed(OBJECT)
    assert field_type("file") == OBJECT


def test_every_type_has_words_in_both_languages() -> None:
    kinds = [
        FLAG,
        TEXT,
        NUMBER,
        MONEY,
        PERCENT,
        DATE,
        MOMENT,
        DURATION,
        UNIT,
        USER,
        OBJECT,
        PEOPLE,
        SUBJECT,
        option(None),
    ]
    kinds += [money("USD"), listed(NUMBER), calendar("time"), calendar("month"), calendar("quarter"), Type("list")]
    assert all(kind.words().vi and kind.words().en for kind in kinds)
