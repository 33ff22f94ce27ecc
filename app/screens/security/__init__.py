"""Who comes in and what every answer carries: signing in, sessions, headers, start-up checks (F1–F16)."""
