"""From step to step: conditions, buttons, branches, joins, optional steps, turns; no hole for work to fall into."""

from app.engine.optional import offered
from app.engine.scenario_stage import Stage
from app.engine.world import Refusal
from tests.engine.office import Play, at, code, hand_back, intake, procedure, step

FLAG = {"fields": {"far": {"type": "yes_no"}}}


def way(to: str | list[object], **more: object) -> dict[str, object]:
    """One line of ``next``."""
    return {"to": to if isinstance(to, list) else [to], "comment": "optional", **more}


def test_a_step_whose_condition_is_not_true_is_passed_over() -> None:
    made = procedure(intake(), step("measure", when="far"), step("sign"), hand_back(), form=FLAG)
    for far, following in ((True, "measure"), (False, "sign"), (None, "sign")):
        play = Play(made)
        play.receive(fill={"far": far})
        assert play.open == [following]


def test_the_first_true_line_is_taken_after_the_answers_are_in() -> None:
    made = procedure(
        intake(next=[way("measure", when="far"), way("sign")]), step("measure"), step("sign"), hand_back(), form=FLAG
    )
    play = Play(made)
    play.receive(fill={"far": True})
    assert play.open == ["measure"]


def test_where_no_line_holds_the_step_cannot_be_left_and_says_so() -> None:
    made = procedure(intake(), step("decide", next=[way("sign", when="far")]), step("sign"), hand_back(), form=FLAG)
    play = Play(made)
    play.receive()
    assert play.do("decide") == Refusal("no_way", {"step": "decide"})
    assert play.why("officer@land")["step", "decide"] == "no_way"
    through = Play(
        procedure(
            intake(), step("decide", when="far", next=[way("sign", when="far")]), step("sign"), hand_back(), form=FLAG
        )
    )
    assert through.receive() == Refusal("no_way", {"step": "decide"})


def test_buttons_are_pressed_by_name_and_may_want_a_comment() -> None:
    buttons = [
        way("sign", choose="pass", title="Đạt"),
        way("work", choose="redo", title="Làm lại", comment="required"),
        way("return", choose="far", title="Xa", when="far"),
    ]
    made = procedure(
        intake(), step("work"), step("check", "head@agency", next=buttons), step("sign"), hand_back(), form=FLAG
    )
    play = Play(made)
    play.receive()
    play.do("work")
    refusal = play.do("check", "head@land")
    assert refusal == Refusal("required", {"field": "choose", "options": ["pass", "redo", "far"]})
    assert code(play.do("check", "head@land", choose="nothing")) == "invalid_value"
    assert play.do("check", "head@land", choose="redo") == Refusal("required", {"field": "comment"})
    assert code(play.do("check", "head@land", choose="far")) == "invalid_value"
    assert play.do("check", "head@land", choose="redo", comment="Thiếu căn cứ") is None
    assert play.state.past[-1].chosen == "redo"
    play.do("work")
    offers = [move for move in play.moves("head@land") if move[0] == "step"]
    assert offers == [("step", "check")]
    assert play.do("check", "head@land", choose="pass") is None
    assert play.open == ["sign"]


def test_the_ordinary_button_has_no_name_and_is_taken_when_the_step_is_passed_over() -> None:
    lines = [way("work", choose="redo", title="Làm lại"), way("sign")]
    play = Play(procedure(intake(), step("check", "head@agency", next=lines), step("work"), step("sign"), hand_back()))
    play.receive()
    assert play.do("check", "head@land") is None
    assert play.open == ["sign"]
    passed = Play(
        procedure(
            intake(),
            step("check", when="far", next=[way("sign", choose="on", title="Tiếp")]),
            step("sign"),
            hand_back(),
            form=FLAG,
        )
    )
    passed.receive()
    assert passed.open == ["sign"]


def test_a_way_that_wants_a_comment_gets_one() -> None:
    play = Play(procedure(intake(), step("work", next=[way("return", comment="required")]), hand_back()))
    play.receive()
    assert play.do("work") == Refusal("required", {"field": "comment"})
    assert play.do("work", comment="Xong") is None


def forked(**more: object) -> Play:
    """A fork into two branches, one of them longer, and a join."""
    made = procedure(
        intake(to=["a", "b"]),
        step("a", "officer@agency", to="long"),
        step("b", "head@agency", to="join", **more),
        step("long", "clerk@dept", to="join"),
        step("join", "leader@authority", joins=["long", "b"]),
        hand_back(),
        form=FLAG,
    )
    play = Play(made)
    play.receive()
    return play


def test_a_join_waits_for_every_branch_that_was_opened() -> None:
    play = forked()
    assert play.open == ["a", "b"]
    play.do("b", "head@land")
    assert (play.open, play.state.arrived) == (["a"], ("join",))
    play.do("a")
    assert play.open == ["long"]
    play.do("long", "clerk@dept")
    assert (play.open, play.state.arrived) == (["join"], ())


def test_a_branch_that_is_passed_over_does_not_fool_the_join() -> None:
    play = forked(when="far")
    assert (play.open, play.state.arrived) == (["a"], ("join",))
    play.do("a")
    play.do("long", "clerk@dept")
    assert play.open == ["join"]


def test_a_branch_that_leads_elsewhere_lets_the_join_go() -> None:
    made = procedure(
        intake(to=["a", "b"]),
        step("a", next=[way("end", choose="stop", title="Thôi"), way("join", choose="on", title="Tiếp")]),
        step("b", "head@agency", to="join"),
        step("join", joins=["a", "b"]),
        hand_back(),
    )
    play = Play(made)
    play.receive()
    play.do("b", "head@land")
    play.do("a", choose="stop")
    assert play.open == ["join"]


def test_a_join_that_this_case_skips_is_passed_when_it_is_free() -> None:
    made = procedure(
        intake(to=["a", "b"]),
        step("a", to="join"),
        step("b", to="join"),
        step("join", joins=["a", "b"], when="far"),
        hand_back(),
        form=FLAG,
    )
    play = Play(made)
    play.receive()
    play.do("b")
    play.do("a")
    assert (play.open, play.state.arrived) == (["return"], ())
    quick = Play(
        procedure(
            intake(to=["a", "b"]),
            step("a", next=[way("end")]),
            step("b", to="join"),
            step("join", joins=["a", "b"], when="far"),
            hand_back(),
            form=FLAG,
        )
    )
    quick.receive()
    quick.do("b")
    quick.do("a")
    assert quick.open == ["return"]


def test_a_step_that_is_open_already_is_not_opened_twice() -> None:
    made = procedure(intake(to=["a", "b"]), step("a", to="b"), step("b", "head@agency", to="return"), hand_back())
    play = Play(made)
    play.receive()
    play.do("a")
    assert play.open == ["b"]


def test_targets_with_a_condition_open_only_in_their_case() -> None:
    made = procedure(
        intake(next=[way(["a", {"step": "b", "when": "far"}])]),
        step("a", to="return"),
        step("b", to="return"),
        hand_back(),
        form=FLAG,
    )
    play = Play(made)
    play.receive(fill={"far": False})
    assert play.open == ["a"]
    nobody = procedure(intake(next=[way([{"step": "a", "when": "far"}])]), step("a"), hand_back(), form=FLAG)
    assert Play(nobody).receive() == Refusal("no_way", {"step": "receive"})


def test_optional_steps_open_only_if_they_are_ticked() -> None:
    made = procedure(
        intake(), step("work"), step("visit", optional=True), step("survey", optional=True), step("sign"), hand_back()
    )
    plain = Play(made)
    plain.receive()
    plain.do("work")
    assert plain.open == ["sign"]
    play = Play(made)
    play.receive()
    stage = Stage(play.procedure, play.world, play.state, play.now, {})
    assert offered(stage.turn(), stage.route.steps["work"]) == ("visit", "survey")
    assert code(play.do("work", arguments={"include": ["sign"]})) == "invalid_value"
    play.do("work", arguments={"include": ["visit", "survey"]})
    assert (play.open, play.state.included) == (["visit"], ("survey",))
    play.do("visit")
    assert play.open == ["survey"]
    play.do("survey")
    assert (play.open, play.state.included) == (["sign"], ())


def test_what_was_ticked_is_forgotten_at_the_next_ordinary_step() -> None:
    made = procedure(
        intake(),
        step("work"),
        step("visit", optional=True, to="sign"),
        step("sign", next=[way("work", choose="again", title="Lại"), way("return")]),
        hand_back(),
    )
    play = Play(made)
    play.receive()
    play.do("work", arguments={"include": ["visit"]})
    play.do("visit")
    play.do("sign", choose="again")
    play.do("work")
    assert play.open == ["sign"]


def test_an_optional_step_may_be_demanded_by_a_condition() -> None:
    made = procedure(intake(), step("visit", optional="far"), step("sign"), hand_back(), form=FLAG)
    for far, following in ((True, "visit"), (False, "sign")):
        play = Play(made)
        play.receive(fill={"far": far})
        assert play.open == [following]


def test_budgets_follow_cases_dates_and_the_moment_itself() -> None:
    fields = {
        "far": {"type": "yes_no"},
        "deadline": {"type": "date"},
        "plan": {"type": "table", "columns": {"on": {"label": "on", "type": "date"}}},
    }
    within = {"default": "1.5 working days", "cases": [{"when": "far", "is": "until deadline"}]}
    made = procedure(
        intake(to="work"),
        step("work", within=within),
        step("flash", within="at once"),
        step("free", within="none"),
        step("weeks", within="2 weeks + 1 month"),
        step("rows", within="until max(plan.on)"),
        step("quarter", within="0.25 days"),
        hand_back(),
        form={"fields": fields},
    )
    far = Play(made)
    far.receive(fill={"far": True, "deadline": "2025-03-10", "plan": [{"on": "2025-03-20"}, {"on": "2025-03-22"}]})
    assert far.state.visits[0].due == at("2025-03-10T17:00")
    far.do("work")
    assert far.state.visits[0].due == at("2025-03-03T09:00")
    far.do("flash")
    assert (far.state.visits[0].due, far.state.visits[0].budget) == (None, "")
    far.do("free")
    assert far.state.visits[0].due == at("2025-04-17T17:00")
    far.do("weeks")
    assert far.state.visits[0].due == at("2025-03-22T23:59")
    far.do("rows")
    assert far.state.visits[0].due == at("2025-03-03T11:00")
    near = Play(made)
    near.receive(fill={"far": False})
    assert near.state.visits[0].due == at("2025-03-04T14:30")
    unknown = Play(made)
    unknown.receive(fill={"far": True})
    assert unknown.state.visits[0].due is None


def test_attached_papers_are_demanded_and_named() -> None:
    made = procedure(
        intake(),
        step(
            "work", attach=[{"key": "minutes", "title": "Biên bản", "required": True}, {"key": "photo", "title": "Ảnh"}]
        ),
        hand_back(),
    )
    play = Play(made)
    play.receive()
    assert play.do("work") == Refusal("missing_documents", {"documents": ["minutes"], "step": "work"})
    assert code(play.do("work", attach={"nothing": True})) == "invalid_value"
    assert play.do("work", attach={"minutes": "bien-ban.pdf", "photo": {"files": ["a.jpg"]}}) is None
    assert play.state.attachments["work.minutes"]["files"] == ["bien-ban.pdf"]


def test_a_result_must_come_out_where_the_step_issues_one() -> None:
    results = [
        {"key": "yes", "title": "Có", "when": "far"},
        {"key": "no", "title": "Không", "when": "not far", "refusal": True},
    ]
    made = procedure(intake(), step("issue", issues=["yes", "no"]), hand_back(), form=FLAG, results=results)
    play = Play(made)
    play.receive()
    assert play.do("issue") == Refusal("no_result", {"step": "issue", "results": ["yes", "no"]})
    assert play.why("officer@land")["step", "issue"] == "no_result"
    fine = Play(made)
    fine.receive(fill={"far": False})
    fine.do("issue")
    assert fine.state.results["no"]["refusal"] is True


def test_a_step_that_is_not_open_is_refused_with_what_is() -> None:
    play = Play(procedure(intake(), step("work"), hand_back()))
    refusal = play.do("work")
    assert refusal == Refusal("wrong_status", {"step": "work", "status": "submitted", "open": ["receive"]})
    assert code(play.do("", "officer@land")) == "not_allowed"
    forked_play = forked()
    assert code(forked_play.do("", "officer@land")) == "wrong_status"


def test_checks_of_the_step_hold_before_it_is_left() -> None:
    checks = [{"that": "far", "say": "Phải xa"}]
    play = Play(procedure(intake(), step("work", checks=checks), hand_back(), form=FLAG))
    play.receive(fill={"far": False})
    assert play.do("work") == Refusal("check_failed", {"say": "Phải xa", "checks": ["Phải xa"]})
    unknown = Play(procedure(intake(), step("work", checks=checks), hand_back(), form=FLAG))
    unknown.receive()
    assert unknown.do("work") is None


def test_numbers_take_their_series_and_the_words_of_the_options() -> None:
    kind = {
        "type": "choice",
        "options": {
            "a": {"label": "Quyết định", "columns": {"sign": "QĐ"}},
            "b": {"label": "Công văn", "columns": {"sign": ""}},
        },
    }
    register = {"register": {"default": "letters", "cases": []}, "into": "sign_number"}
    made = procedure(
        step("draft", to="number"),
        step("number", number=register, to="draft"),
        kind="document",
        time_limit="none",
        form={"fields": {"kind": kind, "sign_number": {}}},
    )
    play = Play(made)
    numbers = []
    for chosen in ("a", "a", "b"):
        play.do("draft", fill={"kind": chosen})
        play.do("number")
        numbers.append(play.state.answers["sign_number"])
    assert numbers == ["01/QĐ-SNNMT", "02/QĐ-SNNMT", "01/SNNMT"]
    assert code(play.do("draft", fill={"sign_number": "9"})) == "invalid_value"
