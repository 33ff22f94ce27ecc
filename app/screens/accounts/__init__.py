"""The administrator's screens for people: who may sign in, where they sit, what they administer."""
