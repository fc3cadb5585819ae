package gate

// The budgets. Each is a little more than what is needed now, so that what breaks one is a
// change that somebody should know of.
const (
	// ScriptBytes is what an agent downloads where nothing is compressed on the way; issue
	// 7 wants 1.2 MB.
	ScriptBytes = 1_065_000
	// ProgramBytes is the packed program in it, before base64.
	ProgramBytes = 775_000
	// LoaderBytes is the rest of the script: the loader, and Go's support script, which
	// are read before anything is decided.
	LoaderBytes = 42_000
	// ProgramToPlainFloor is how many times the smallest program with syscall/js and safejs the
	// program is, packed, where that is as go build -trimpath -ldflags="-s -w" and gzip -9 make
	// it. Issue 7 wants 1.15.
	ProgramToPlainFloor = 1.02
	// ProgramToFloor is the same where that is treated as ours is; see docs/performance.md for
	// what is between them.
	ProgramToFloor = 1.37

	// Crossings is how often the border is crossed for one of Flex's events, with all that
	// follows from it: rows, records, lines of the report. There were 320 before maps and
	// lists crossed as one text each. 17 less since the page is asked whether it
	// shows a record instead of what it shows, and refreshes by the same order.
	Crossings = 160
	// References is how many of the page's values the program may hold right after a
	// collection: property names, functions, callbacks.
	References = 300
	// ReferencesGrowth is how many more it may hold after a thousand tasks. One for each
	// task would be a thousand.
	ReferencesGrowth = 100
	// MemoryGrowth is how many times as large the program's memory may be after a thousand
	// tasks.
	MemoryGrowth = 1.3

	// StepAllocations is how many allocations the desk makes for one event.
	StepAllocations = 5
)
