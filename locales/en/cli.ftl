cli-sheet-areas = Areas
cli-sheet-staff = Staff
cli-sheet-residents = Residents
cli-roster-done = { $sheet }: { $added } added, { $changed } changed, { $unchanged } unchanged, { $rejected } rejected
