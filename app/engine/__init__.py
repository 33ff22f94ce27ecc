"""What happens: state, events, moves, clock, fees. Pure: no framework, no database; now is an argument."""
