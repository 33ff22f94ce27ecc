"""Messages leave after the commit, and are tried again when the other side is down."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select

from app.operations.deliver_outbox import MOST_ATTEMPTS, DeliveryFault, Message, deliver_outbox
from app.storage.database import db, writing
from app.storage.incidents import incidents
from app.storage.people import Person
from app.storage.tables import OutboxRow
from tests.factories import MONDAY, permit

Office = dict[str, Person]


def empty() -> None:
    with writing() as session:
        session.execute(delete(OutboxRow))


def down(_message: Message) -> None:
    raise DeliveryFault("mail server does not answer")


def test_an_accepted_dossier_sends_its_messages_once(database: Flask, office: Office) -> None:
    empty()
    done = permit(office["lan"])
    sent: list[Message] = []
    count = deliver_outbox(sent.append, MONDAY)
    assert count == len(sent) > 0
    assert "accepted" in {message.kind for message in sent}
    assert {message.dossier_id for message in sent} == {done.dossier_id}
    assert len({message.key for message in sent}) == len(sent)
    assert deliver_outbox(sent.append, MONDAY + timedelta(days=1)) == 0


def test_a_message_that_did_not_leave_waits_longer_each_time(database: Flask, office: Office) -> None:
    empty()
    permit(office["lan"])
    assert deliver_outbox(down, MONDAY) == 0
    assert deliver_outbox(down, MONDAY) == 0
    sent: list[Message] = []
    assert deliver_outbox(sent.append, MONDAY + timedelta(minutes=2)) > 0


def test_a_message_that_never_leaves_is_given_up_with_an_incident(database: Flask, office: Office) -> None:
    empty()
    permit(office["lan"])
    for attempt in range(MOST_ATTEMPTS):
        deliver_outbox(down, MONDAY + timedelta(days=attempt))
    states = set(db.session.scalars(select(OutboxRow.state)))
    assert states == {"failed"}
    assert any(one.place == "outbox" for one in incidents())


def test_a_worker_that_dies_while_sending_loses_nothing(database: Flask, office: Office) -> None:
    empty()
    permit(office["lan"])

    def dies(_message: Message) -> None:
        raise KeyboardInterrupt

    try:
        deliver_outbox(dies, MONDAY)
    except KeyboardInterrupt:
        sent: list[Message] = []
        assert deliver_outbox(sent.append, MONDAY + timedelta(minutes=1)) == len(sent)
        assert deliver_outbox(sent.append, MONDAY + timedelta(minutes=10)) > 0
        assert len({message.key for message in sent}) == len(sent)
    else:
        raise AssertionError("the worker should have died")
