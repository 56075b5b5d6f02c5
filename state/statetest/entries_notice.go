package statetest

import (
	"pgregory.net/rapid"

	"muster/state"
)

// noticeKinds make the data of the kinds about what is true, what is said, by when,
// and who vouches for it.
var noticeKinds = []func(t *rapid.T) state.Data{
	func(t *rapid.T) state.Data {
		return &state.ServiceChecked{Service: word(t), OK: rapid.Bool().Draw(t, "ok"), What: text(t), Detail: text(t), Millis: number(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.NoticeDrafted{Notice: word(t), Title: text(t), Audience: text(t), Version: 1, Text: text(t), Claims: []state.Claim{{Service: word(t), State: state.Verified}}, Basis: some(values(t))}
	},
	func(t *rapid.T) state.Data {
		return &state.NoticeApproved{Notice: word(t), Version: 2, SHA256: state.Sum([]byte(text(t)))}
	},
	func(t *rapid.T) state.Data {
		since := Time().Draw(t, "since")
		return &state.NoticeSent{
			Notice: word(t), Version: 2, Text: text(t), SHA256: state.Sum([]byte(text(t))), Channel: word(t), To: text(t), How: "by hand",
			LogHead: state.Sum([]byte(text(t))), KnownBy: []string{text(t)}, Corrects: []uint64{3}, Leaving: 7,
			Claims: []state.ClaimKnown{{Claim: state.Claim{Service: word(t), State: state.Restored}, Known: state.Verified, Since: &since, Holds: true}},
		}
	},
	func(t *rapid.T) state.Data {
		return &state.NoticeLeaving{Notice: word(t), Version: 2, SHA256: state.Sum([]byte(text(t))), Channel: word(t), To: text(t), How: "smtp"}
	},
	func(t *rapid.T) state.Data {
		return &state.NoticeFailed{Notice: word(t), Version: 1, Channel: word(t), Why: text(t), Leaving: 7, Maybe: rapid.Bool().Draw(t, "maybe")}
	},
	func(t *rapid.T) state.Data {
		return &state.ServiceAdded{Service: word(t), Title: text(t), Tier: 2, DependsOn: []string{word(t)}, Shutdown: text(t), Restore: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.ContactAdded{Contact: word(t), Title: text(t), Role: text(t), Reach: []string{text(t)}, Note: text(t)}
	},
	func(t *rapid.T) state.Data {
		back := Time().Draw(t, "back")
		return &state.ContactCalled{Contact: text(t), Title: text(t), Via: text(t), Outcome: state.CallBack, CallBack: &back, Note: text(t)}
	},
	func(t *rapid.T) state.Data { return &state.ClockStarted{Clock: word(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.ClockMet{Clock: word(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.ClockWaived{Clock: word(t), Why: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.ClockMissed{Clock: word(t), Due: Time().Draw(t, "due")}
	},
	func(t *rapid.T) state.Data {
		return &state.TimerSet{Timer: word(t), Title: text(t), Due: Time().Draw(t, "due"), Step: word(t)}
	},
	func(t *rapid.T) state.Data { return &state.TimerEnded{Timer: word(t), Why: text(t)} },
	func(t *rapid.T) state.Data { return &state.RoleHanded{Role: word(t), To: text(t), Note: text(t)} },
	func(t *rapid.T) state.Data { return &state.RoleAcknowledged{Role: word(t)} },
	func(t *rapid.T) state.Data {
		return &state.SitrepIssued{To: text(t), SHA256: state.Sum([]byte(text(t))), Text: text(t), Handover: word(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.HeadWitnessed{Witness: text(t), How: text(t), Head: state.Sum([]byte(text(t))), Entry: 3}
	},
	func(t *rapid.T) state.Data {
		return &state.HeadSigned{Head: state.Sum([]byte(text(t))), Entry: 3, Fingerprint: text(t), Namespace: "muster-head"}
	},
	func(t *rapid.T) state.Data {
		return &state.LogStamped{Head: state.Sum([]byte(text(t))), Entry: 3, Time: Time().Draw(t, "time"), Authority: text(t), Name: text(t), SHA256: state.Sum([]byte(text(t))), Size: 1400}
	},
	func(t *rapid.T) state.Data {
		return &state.LogCheckpointed{Size: rapid.Uint64Range(1, 1<<40).Draw(t, "size"), Tree: state.Sum([]byte(text(t)))}
	},
	func(t *rapid.T) state.Data { return &state.InputsAnswered{Values: some(values(t))} },
}

func word(t *rapid.T) string { return name().Draw(t, "id") }

// some is values, but nil for none, as they are read back where they may be left out.
func some(values map[string]string) map[string]string {
	if len(values) == 0 {
		return nil
	}
	return values
}
