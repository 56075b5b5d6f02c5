package state_test

import (
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// TestDescribe: what an entry records is said in one line, the same in every version.
func TestDescribe(t *testing.T) {
	l := newLedger(t, towers)
	l.do("Ada", state.AddStep{Phase: l.inc.Phases[0].ID, Title: "Call", ID: "call"})
	sum := state.Sum([]byte("x"))
	at := time.Date(2026, 11, 24, 2, 38, 0, 0, time.UTC)
	claims := []state.Claim{{Service: "web", State: state.Restored}, {Service: "moon", State: state.Affected}}
	known := []state.ClaimKnown{{Claim: claims[0]}}
	text := "two\n lines"
	for want, data := range map[string]state.Data{
		`answered (a = "1", b = "two")`:            &state.InputsAnswered{Values: map[string]string{"b": "two", "a": "1"}},
		`answered`:                                 &state.InputsAnswered{},
		`session on host, clock synchronised: yes`: &state.SessionOpened{Host: "host", Synced: "yes"},
		`session on h, clock synchronised: no; written on nfs, where it is not known that lock and append hold`: &state.SessionOpened{Host: "h", Synced: "no", Disk: "nfs"},
		`the clock was set by +1.500 s`:                                  &state.ClockStepped{ByMillis: 1500},
		`the clock was set by -0.250 s`:                                  &state.ClockStepped{ByMillis: -250},
		`log recovered: torn tail, 12 bytes — "why"`:                     &state.Recovered{What: "torn tail", Bytes: 12, Detail: "why"},
		`note — "two lines"`:                                             &state.NoteAdded{Text: text},
		`note on 1.2 Call — "two lines"`:                                 &state.NoteAdded{Step: "call", Text: text},
		`note on gone — "x"`:                                             &state.NoteAdded{Step: "gone", Text: "x"},
		`evidence "f", 3 bytes, sha256 2d711642b726… for 1.2 Call — "n"`: &state.EvidenceAdded{Step: "call", Name: "f", SHA256: sum, Size: 3, Note: "n"},
		`role cook: nobody`:                                              &state.RoleAssigned{Role: "cook"},
		`role cook: Ada`:                                                 &state.RoleAssigned{Role: "cook", Person: "Ada"},
		`role cook: handed to Ben — "tired"`:                             &state.RoleHanded{Role: "cook", To: "Ben", Note: "tired"},
		`role cook: taken by Ada`:                                        &state.RoleAcknowledged{Role: "cook"},
		`service web is restored — "x"`:                                  &state.ServiceSet{Service: "web", State: state.Restored, Why: "x"},
		`check of web passed: GET /`:                                     &state.ServiceChecked{Service: "web", OK: true, What: "GET /"},
		`check of web FAILED (simulated): GET / — "502"`:                 &state.ServiceChecked{Service: "web", What: "GET /", Detail: "502", Simulated: true},
		`title "GISIS is down" — "it is no drill"`:                       &state.TitleChanged{Title: "GISIS is down", Why: "it is no drill"},
		`severity SEV1 — "worse"`:                                        &state.SeverityChanged{Severity: "SEV1", Why: "worse"},
		`attached the runbook b; the same as what is there: 2 steps, 1 clock — "why"`: &state.RunbookAttached{Runbook: state.Document{ID: "b"}, Why: "why", Shared: &state.Shared{Steps: map[string]string{"a": "a", "b": "b"}, Clocks: map[string]string{"c": "d"}}},
		`note on x — "y"`:                &state.NoteAdded{About: state.NounService, Service: "x", Text: "y"},
		`note on z — "y"`:                &state.NoteAdded{About: state.NounContact, Contact: []string{"z"}, Text: "y"},
		`attached the runbook b — "why"`: &state.RunbookAttached{Runbook: state.Document{ID: "b"}, Why: "why"},
		`amended entry 3: it happened at 2026-11-24 02:38:00 UTC: its text is "two lines" — "slip"`: &state.EntryAmended{Seq: 3, Occurred: &at, Text: &text, Why: "slip"},
		`marked entry 3 as a key event — "it began"`:                                                &state.EntryMarked{Seq: 3, Why: "it began"},
		`entry 3 is no key event`:                                                &state.EntryMarked{Seq: 3, Off: true},
		`retracted entry 3 — "slip"`:                                             &state.EntryRetracted{Seq: 3, Why: "slip"},
		`closed the incident — "over"`:                                           &state.IncidentClosed{Summary: "over"},
		`closed the incident with 3 things open — "over"`:                        &state.IncidentClosed{Summary: "over", Open: make([]state.OpenItem, 1), More: 2},
		`closed the incident with 1 thing open — "over"`:                         &state.IncidentClosed{Summary: "over", Open: make([]state.OpenItem, 1)},
		`reopened the incident — "again"`:                                        &state.IncidentReopened{Why: "again"},
		`started 1.2 Call — "n"`:                                                 &state.StepStarted{StepRef: state.StepRef{Step: "call"}, Note: "n"},
		`done 1.2 Call — "n" (a = "1")`:                                          &state.StepDone{StepRef: state.StepRef{Step: "call"}, Note: "n", Values: map[string]string{"a": "1"}},
		`confirmed 1.2 Call`:                                                     &state.StepConfirmed{StepRef: state.StepRef{Step: "call"}},
		`failed 1.2 Call — "x"`:                                                  &state.StepFailed{StepRef: state.StepRef{Step: "call"}, Why: "x"},
		`blocked 1.2 Call — "x"`:                                                 &state.StepBlocked{StepRef: state.StepRef{Step: "call"}, On: "x"},
		`skipped 1.2 Call — "x"`:                                                 &state.StepSkipped{StepRef: state.StepRef{Step: "call"}, Why: "x"},
		`reopened 1.2 Call — "x"`:                                                &state.StepReopened{StepRef: state.StepRef{Step: "call"}, Why: "x"},
		`assigned 1.2 Call to nobody`:                                            &state.StepAssigned{StepRef: state.StepRef{Step: "call"}},
		`ticked line 1 of 1.2 Call`:                                              &state.StepTicked{StepRef: state.StepRef{Step: "call"}, Item: 1, On: true},
		`unticked line 2 of 1.2 Call`:                                            &state.StepTicked{StepRef: state.StepRef{Step: "call"}, Item: 2},
		`answered 1.2 Call (a = "1") — "n"`:                                      &state.StepAnswered{StepRef: state.StepRef{Step: "call"}, Values: map[string]string{"a": "1"}, Note: "n"},
		`decided 1.2 Call: yes — "n"`:                                            &state.StepAnswered{StepRef: state.StepRef{Step: "call"}, Option: "yes", Note: "n"},
		`added 1.2 Call`:                                                         &state.StepAdded{StepRef: state.StepRef{Step: "call"}},
		`drafted holding, version 2, claiming web is restored, moon is affected`: &state.NoticeDrafted{Notice: "holding", Version: 2, Claims: claims},
		`approved holding, version 2`:                                            &state.NoticeApproved{Notice: "holding", Version: 2},
		`sent holding, version 1, by phone to Ben, correcting entry 4, correcting entry 5, claiming web is restored`: &state.NoticeSent{Notice: "holding", Version: 1, Channel: "phone", To: "Ben", Corrects: []uint64{4, 5}, Claims: known},
		`would have sent none, version 1, by phone`:                            &state.NoticeSent{Notice: "none", Version: 1, Channel: "phone", Simulated: true},
		`began to send holding, version 1, by mail to Ben`:                     &state.NoticeLeaving{Notice: "holding", Version: 1, Channel: "mail", To: "Ben"},
		`allowed to look at private targets: 10.0.0.1:443, dns:vault.internal`: &state.TargetsAllowed{Targets: []string{"10.0.0.1:443", "dns:vault.internal"}},
		`could not send holding, version 1, by mail — "550"`:                   &state.NoticeFailed{Notice: "holding", Version: 1, Channel: "mail", Why: "550"},
		`called The desk: call-back, call back at 2026-11-24 02:38 UTC — "n"`:  &state.ContactCalled{Contact: "x", Title: "The desk", Outcome: state.CallBack, CallBack: &at, Note: "n"},
		`called x: reached`:                           &state.ContactCalled{Contact: "x", Outcome: state.Reached},
		`added the service moon`:                      &state.ServiceAdded{Service: "moon", Title: "The moon"},
		`added the contact The desk: tel:1, mailto:x`: &state.ContactAdded{Contact: "desk", Title: "The desk", Reach: []string{"tel:1", "mailto:x"}},
		`clock started: board — "x"`:                  &state.ClockStarted{Clock: "board", Why: "x"},
		`clock met: none — "x"`:                       &state.ClockMet{Clock: "none", Why: "x"},
		`clock waived: board — "x"`:                   &state.ClockWaived{Clock: "board", Why: "x"},
		`clock TIME UP: board, due 2026-11-24 02:38 UTC, and no entry had met it`: &state.ClockMissed{Clock: "board", Due: at},
		`timer for ` + at.Format("2006-01-02") + ` 02:38:00 UTC: tea`:             &state.TimerSet{Due: at, Title: "tea"},
		`timer over: timer-7 — "x"`:                                               &state.TimerEnded{Timer: "timer-7", Why: "x"},
		`issued a sitrep to Ben`:                                                  &state.SitrepIssued{To: "Ben"},
		`issued a sitrep`:                                                         &state.SitrepIssued{},
		`told Ben the head ` + sum.Code() + ` (entry 3), paper`:                   &state.HeadWitnessed{Witness: "Ben", How: "paper", Head: sum, Entry: 3},
		`told Eve the head ` + sum.Code() + ` (entry 3)`:                          &state.HeadWitnessed{Witness: "Eve", Head: sum, Entry: 3},
		`signed the head ` + sum.Code() + ` (entry 3) with the key SHA256:k`:      &state.HeadSigned{Head: sum, Entry: 3, Fingerprint: "SHA256:k"},
		`the head ` + sum.Code() + ` (entry 3) was stamped at ` + at.Format("2006-01-02") + ` 02:38:00 UTC by Notaries`:                                &state.LogStamped{Head: sum, Entry: 3, Time: at, Authority: "Notaries"},
		`the head ` + sum.Code() + ` (entry 3) was stamped at ` + at.Format("2006-01-02") + ` 02:38:00 UTC by an authority that does not say its name`: &state.LogStamped{Head: sum, Entry: 3, Time: at},
		`checkpoint of entries 1 to 7: tree ` + sum.String()[:12] + `…`:                                                                                &state.LogCheckpointed{Size: 7, Tree: sum},
		`exercise clock started at +1:00, ×2`: &state.ExerciseSet{Do: state.ExerciseStart, Speed: 2, AtMillis: 3600000},
		`exercise clock paused at +0:00`:      &state.ExerciseSet{Do: state.ExercisePause},
		`exercise clock resumed at +0:01, ×1`: &state.ExerciseSet{Do: state.ExerciseResume, Speed: 1, AtMillis: 60000},
		`exercise clock runs ×20 from +0:00`:  &state.ExerciseSet{Do: state.ExerciseSpeed, Speed: 20},
		`exercise clock set to +2:00`:         &state.ExerciseSet{Do: state.ExerciseJump, AtMillis: 7200000},
		`inject 4 again to all, from desk, by phone — "burns", with "f", sha256 2d711642b726…`: &state.InjectDelivered{Number: 4, Again: true, To: "all", From: "desk", Via: "phone", Text: "burns", Files: []state.Kept{{Name: "f", SHA256: sum}}},
		`holds an inject back — "x"`:                                     &state.InjectHeld{Why: "x"},
		`an inject is held back no more`:                                 &state.InjectHeld{Released: true},
		`skips an inject — "x"`:                                          &state.InjectSkipped{Why: "x"},
		`acknowledged inject 3 — "x"`:                                    &state.InjectAcknowledged{Number: 3, Note: "x"},
		`rated the objective "truth" M: performed with major challenges`: &state.ObjectiveRated{Objective: "truth", Rating: state.Major},
		`rated the objective "Tell it" U: unable to be performed — "x"`:  &state.ObjectiveRated{Objective: "truth", Title: "Tell it", Rating: state.Unable, Note: "x"},
		`inject 2 to all, from the desk, in person — "x"`:                &state.InjectDelivered{Number: 2, To: "all", From: "the desk", Via: "in person", Text: "x"},
		`sent press, version 1, everywhere the first went`:               &state.NoticeSent{Notice: "press", Version: 1, Channel: "everywhere the first went"},
		`sent press, version 1, by hand`:                                 &state.NoticeSent{Notice: "press", Version: 1, Channel: "by hand"},
		`observed a strength — "x"`:                                      &state.ObservationAdded{Mark: state.Strength, Text: "x"},
		`observed something to improve — "x"`:                            &state.ObservationAdded{Mark: state.Improve, Text: "x"},
		`weather.report {"a":1}`:                                         &state.Unknown{Name: "weather.report", Raw: []byte(`{"a":1}`)},
	} {
		if got := l.inc.Describe(statetest.Entry(l.inc.Head, data)); got != want {
			t.Errorf("said is\n%s\nand not\n%s", got, want)
		}
	}
}

// TestDescribeWithheld: what is withheld is not quoted, as if somebody had said it.
func TestDescribeWithheld(t *testing.T) {
	l := newLedger(t, towers)
	parts := state.PartsOf(state.Names, state.Notes, state.Evidence)
	for want, data := range map[string]state.Data{
		"(content withheld)":         nil,
		"answered (withheld)":        &state.InputsAnswered{},
		"note — (withheld)":          &state.NoteAdded{Text: state.WithheldText},
		"evidence (withheld)":        &state.EvidenceAdded{},
		"timer over: timer-1":        &state.TimerEnded{Timer: "timer-1"},
		"role cook: (withheld)":      &state.RoleAssigned{Role: "cook", Person: state.WithheldText},
		"called (withheld): reached": &state.ContactCalled{Contact: state.WithheldText, Title: state.WithheldText, Outcome: state.Reached},
		`inject 1 to all, from (withheld), by (withheld) — (withheld), with files (withheld)`: &state.InjectDelivered{Number: 1, To: "all", From: state.WithheldText, Via: state.WithheldText, Text: state.WithheldText},
		`rated the objective "truth" P: performed without challenges`:                         &state.ObjectiveRated{Objective: "truth", Title: state.WithheldText, Rating: state.Performed},
	} {
		e := state.Entry{Seq: 2, Data: data, Frame: &state.Frame{Withheld: parts}}
		if data != nil {
			e.Kind = data.Kind()
		}
		if got := l.inc.Describe(e); got != want {
			t.Errorf("said is\n%s\nand not\n%s", got, want)
		}
	}
	e := state.Entry{Seq: 2, Data: &state.NoteAdded{Text: "x"}, Frame: &state.Frame{Kind: state.KindNoteAdded, Override: &state.Override{Of: []state.Reason{state.Untrue, state.Unsaid}, Why: "so"}}}
	if got, want := l.inc.Describe(e), `note — "x" — override of untrue, unsaid: "so"`; got != want {
		t.Errorf("said is %s, not %s", got, want)
	}
}
