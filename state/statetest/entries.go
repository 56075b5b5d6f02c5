package statetest

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"muster/runbooks"
	"muster/state"
	"muster/state/line"
)

// hostile are texts that have broken readers, writers and terminals.
var hostile = []string{
	"", " ", "\n", "\r\n", "\t", "\x00", "\x1b[2J\x1b]0;owned\a", "\x7f", "\u0085\u009b31m", "\u2028\u2029", "\ufffd", "\ufeff",
	`"`, `\`, `\u0041`, "\\ufffd", `</script><!--`, "&<>'", `{"e":{"v":1`, `","who":"Eve`, "Who", "=cmd()", "\u202eevil\u202c", "\U000e0041",
	"a\u0301", "👩‍🚒", "日本語", "null", "🇩🇪", "\U0010ffff", "%s%n", "../../etc/passwd",
}

// Text draws any valid UTF-8, the nasty kinds often.
func Text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String(), rapid.StringN(0, 40, 400), rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom(hostile).Draw(t, "left") + rapid.SampledFrom(hostile).Draw(t, "right")
	}))
}

// name draws a name of the kind that ids, steps and asks have.
func name() *rapid.Generator[string] { return rapid.StringMatching(`[a-z][a-z0-9-]{0,12}`) }

// Time draws a time in UTC, in whole nanoseconds, that a log can hold.
func Time() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.Int64Range(0, 253402300799).Draw(t, "seconds")
		return time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).UTC()
	})
}

// Data draws the data of any kind but incident.opened, kinds of a newer version
// among them.
func Data() *rapid.Generator[state.Data] {
	return rapid.Custom(func(t *rapid.T) state.Data {
		return rapid.SampledFrom(slices.Concat(kinds, noticeKinds, drillKinds)).Draw(t, "kind")(t)
	})
}

// kinds make the data of one kind each.
var kinds = []func(t *rapid.T) state.Data{
	func(t *rapid.T) state.Data {
		return &state.SessionOpened{Program: text(t), Host: text(t), Boot: text(t), Synced: "yes", BootAt: number(t)}
	},
	func(t *rapid.T) state.Data { return &state.ClockStepped{ByMillis: number(t), BootAt: number(t)} },
	func(t *rapid.T) state.Data {
		return &state.Recovered{What: "torn tail", Bytes: number(t), SHA256: state.Sum([]byte(text(t))), Kept: text(t), Detail: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.PersonActs{Host: text(t), Account: text(t), Terminal: text(t), Login: text(t), Was: text(t)}
	},
	func(t *rapid.T) state.Data { return &state.StepStarted{StepRef: step(t), Note: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.StepDone{StepRef: step(t), Note: text(t), Values: values(t)}
	},
	func(t *rapid.T) state.Data { return &state.StepConfirmed{StepRef: step(t), Note: text(t)} },
	func(t *rapid.T) state.Data { return &state.StepFailed{StepRef: step(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.StepBlocked{StepRef: step(t), On: text(t)} },
	func(t *rapid.T) state.Data { return &state.StepSkipped{StepRef: step(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.StepReopened{StepRef: step(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.StepAssigned{StepRef: step(t), To: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.StepTicked{StepRef: step(t), Item: rapid.IntRange(1, 99).Draw(t, "item"), On: rapid.Bool().Draw(t, "on")}
	},
	func(t *rapid.T) state.Data {
		return &state.StepAnswered{StepRef: step(t), Option: text(t), Values: values(t), Note: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.StepAdded{StepRef: step(t), Phase: name().Draw(t, "phase"), Title: text(t), Text: text(t), Role: text(t), Required: rapid.Bool().Draw(t, "required")}
	},
	func(t *rapid.T) state.Data { return &state.NoteAdded{Step: name().Draw(t, "step"), Text: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.EvidenceAdded{Name: text(t), SHA256: state.Sum([]byte(text(t))), Size: number(t), Note: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.RoleAssigned{Role: name().Draw(t, "role"), Person: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.ServiceSet{Service: name().Draw(t, "service"), State: rapid.SampledFrom(state.ServiceStates()).Draw(t, "state"), Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.SeverityChanged{Severity: runbooks.Severity(name().Draw(t, "severity")), Why: text(t)}
	},
	func(t *rapid.T) state.Data { return &state.TitleChanged{Title: text(t), Why: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.RunbookAttached{Prefix: name().Draw(t, "prefix"), Why: text(t), Runbook: document(t), Shared: rapid.SampledFrom([]*state.Shared{nil, {}, {Steps: some(values(t)), Notices: some(values(t))}}).Draw(t, "shared")}
	},
	func(t *rapid.T) state.Data {
		amended, occurred := text(t), Time().Draw(t, "occurred")
		return &state.EntryAmended{Seq: rapid.Uint64Range(1, 99).Draw(t, "seq"), Text: &amended, Occurred: &occurred, Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.EntryMarked{Seq: rapid.Uint64Range(1, 99).Draw(t, "seq"), Off: rapid.Bool().Draw(t, "off"), Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.EntryRetracted{Seq: rapid.Uint64Range(1, 99).Draw(t, "seq"), Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.LogBranched{Source: text(t), Head: state.Sum([]byte(text(t))), Entry: rapid.Uint64Range(1, 99).Draw(t, "entry"), Heard: Time().Draw(t, "heard"), Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.LogMerged{Source: text(t), File: state.Sum([]byte(text(t))), Head: state.Sum([]byte(text(t))), Entries: 7, Common: 3, Taken: 4}
	},
	func(t *rapid.T) state.Data {
		return &state.ContradictionSettled{What: state.OfNotice, Of: text(t), Entries: []uint64{rapid.Uint64Range(1, 99).Draw(t, "seq"), 2}, Holds: rapid.Uint64Range(0, 99).Draw(t, "holds"), Why: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.IncidentClosed{Summary: text(t), Open: []state.OpenItem{{What: "step", ID: name().Draw(t, "id"), State: "open"}}}
	},
	func(t *rapid.T) state.Data { return &state.IncidentReopened{Why: text(t)} },
	func(t *rapid.T) state.Data {
		raw := rapid.SampledFrom([]string{`{}`, `{"later":[1,{"deep":null}],"text":"\u0001 é"}`, `{"n":-12}`}).Draw(t, "raw")
		return &state.Unknown{Name: "weather.report", Raw: []byte(raw)}
	},
}

func text(t *rapid.T) string        { return Text().Draw(t, "text") }
func number(t *rapid.T) int64       { return rapid.Int64Range(-1<<53, 1<<53).Draw(t, "number") }
func step(t *rapid.T) state.StepRef { return state.StepRef{Step: name().Draw(t, "step")} }

func values(t *rapid.T) map[string]string {
	return rapid.MapOfN(name(), Text(), 0, 3).Draw(t, "values")
}

func document(t *rapid.T) state.Document {
	source := text(t)
	return state.Document{ID: name().Draw(t, "runbook"), Source: text(t), SHA256: state.Sum([]byte(source)), Text: source}
}

// Entries draws a log of n ≥ 1 entries, sealed and linked, with their lines.
func Entries(t *rapid.T, n int) ([]state.Entry, []state.Line) {
	var head state.Head
	mode := rapid.SampledFrom([]state.Mode{state.Live, state.Drill}).Draw(t, "mode")
	entries, lines := make([]state.Entry, 0, n), make([]state.Line, 0, n)
	for range n {
		e := entry(t, head)
		e.Mode = mode
		sealed, line, err := state.Seal(e)
		if err != nil {
			t.Fatalf("sealing an entry of kind %s: %v", e.Kind, err)
		}
		head = Head(line)
		entries, lines = append(entries, sealed), append(lines, line)
	}
	return entries, lines
}

func entry(t *rapid.T, head state.Head) state.Entry {
	var data state.Data = &state.IncidentOpened{ID: "a", Title: text(t), Severity: "critical", Inputs: values(t), Program: text(t), Runbook: document(t)}
	if head.Seq > 0 {
		data = Data().Draw(t, "data")
	}
	e := Entry(head, data)
	e.Recorded = Time().Draw(t, "recorded")
	e.By = state.Actor{Name: text(t), Role: text(t), Via: text(t)}
	e.Zone = text(t)
	if rapid.Bool().Draw(t, "backdated") {
		e.Occurred = Time().Draw(t, "occurred")
	}
	if head.Seq > 0 && rapid.Bool().Draw(t, "taken over") {
		e.Origin = &line.Origin{Hash: state.Sum([]byte(text(t))), Seq: rapid.Uint64Range(1, 99).Draw(t, "seq there"), Recorded: Time().Draw(t, "recorded there")}
		if rapid.Bool().Draw(t, "after") {
			e.Origin.After = Time().Draw(t, "after")
		}
	}
	if rapid.Bool().Draw(t, "overridden") {
		e.Override = &state.Override{Of: []state.Reason{state.OutOfOrder}, Why: text(t)}
	}
	return e
}
