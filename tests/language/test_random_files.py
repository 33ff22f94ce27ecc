"""Two hundred random procedures: the checker accepts them, they run to their end, and their journals replay."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.definition.problem import blocks_publishing
from app.engine.fold import fold
from app.engine.scenario import run_scenarios
from app.engine.state import state_from_json, state_to_json
from app.operations.scenario_run import world_of
from tests.definition.configs import checked
from tests.factories import MONDAY
from tests.language.random_files import procedure_files
from tests.language.walking import walk_to_the_end


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=procedure_files(), seed=st.integers(0, 999))
def test_any_procedure_of_the_language_runs_to_its_end(text: str, seed: int) -> None:
    found = checked(text)
    problems = {*found.common_problems, *(one for done in found.procedures.values() for one in done.problems)}
    assert not blocks_publishing(problems), [str(one) for one in sorted(problems)]
    procedure = found.procedures["land/small"].procedure
    world = world_of(found, MONDAY.date())
    assert world is not None
    assert all(result.ok for result in run_scenarios(procedure, world)), run_scenarios(procedure, world)
    stage = walk_to_the_end(procedure, world, Random(seed))
    assert fold(stage.events) == stage.state
    assert state_from_json(state_to_json(stage.state)) == stage.state
