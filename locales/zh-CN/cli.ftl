cli-sheet-areas = 区域
cli-sheet-staff = 工作人员
cli-sheet-residents = 居民
cli-roster-done = { $sheet }：新增 { $added }，更新 { $changed }，不变 { $unchanged }，有误 { $rejected }
