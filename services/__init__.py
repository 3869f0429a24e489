"""What is done: functions that change the records and enqueue messages; no commit, no send."""
