package run_test

import (
	"testing"

	"muster/tui/tuitest"
)

// TestStepsAreSaid: line by line, every phase and step is said in words, folded or not,
// with what stands beside it; a number, of the list or of a step, goes to it.
func TestStepsAreSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "the list", Lines: "list", Want: []string{"1. Phase 1 Detect and confirm: 0 of 3 done\n", "2. 1.1 Write down what is seen; to do (you are here)\n", "3. 1.2 Is it an attack?; waiting\n", "9. Phase 3 Announce: 0 of 2 done\n"},
			Absent: []string{"active", "skipped", "Phase 1 Detect and confirm: 0 of 3 done (you"}},
		{Name: "what became of them", Lines: "start|1.3|skip x|yes|2.1|block y|yes|2.2|fail z|yes|list",
			Want: []string{"Phase 1 Detect and confirm: 0 of 3 done, 1 active, 1 skipped\n", "1.1 Write down what is seen; active 0s/10m\n", "1.3 Photograph note and screens; skipped\n",
				"Phase 2 Shut down key systems: 0 of 3 done, 1 blocked, 1 failed\n", "2.1 Shut down GISIS database; blocked\n", "2.2 Change administrators' passwords; failed (you are here)\n"},
			Absent: []string{"to be confirmed"}},
		{Name: "done, and decided", Lines: "done 02:05|.|yes|1.2|next|1||.|yes|list",
			Want: []string{"2 of 3 done", "1.1 Write down what is seen; done 02:31\n", "1.2 Is it an attack?; done 02:31, decided Yes, an attack\n", "2.3 Hand the fault to operations; not applicable\n"}},
		{Name: "to be confirmed", Lines: "2.2|done||.|yes|override because|yes|list", Want: []string{"1 to be confirmed", "2.2 Change administrators' passwords; unconfirmed"}},
		{Name: "a phase", Lines: "5", Want: []string{"On: Phase 2 Shut down key systems: 0 of 3 done.\n"}, Absent: []string{"2.1"}},
		{Name: "a step by its number", Lines: "2.1", Want: []string{"On: 2.1 Shut down GISIS database; waiting.\n", "waiting: waits for the answer to 1.2; Operations lead; should take 10m\n",
			"not ticked: Blocked at both firewalls\n", "command: ssh fw1 block gisis\n", "Done when: Port 1433 refuses connections from both sites.\n"}},
		{Name: "what it asks can be chosen", Lines: "text|1|02:05|yes", Want: []string{"1. answer: Time of the first sign: needed before it is done\n"}, Logged: "answered 1.1"},
		{Name: "what has to be decided is numbered as it was read out", Lines: "done 02:05|.|yes|1.2|next|2||.|yes", Want: []string{"Answer (needed)\n1. Yes, an attack\n2. No, a fault\nnumber> "}, Absent: []string{"not yet (as it stands)"}, Logged: "No, a fault"},
		{Name: "an answer can be chosen", Lines: "done 02:05|.|yes|1.2|text|2||.|yes", Want: []string{"1. decide: Yes, an attack\n2. decide: No, a fault\n"}, Logged: "No, a fault"},
		{Name: "a line is ticked", Lines: "2.1|text|1", Logged: `ticked "Blocked at both firewalls"`, Want: []string{"not ticked: Blocked"}},
		{Name: "and is said so", Lines: "2.1|text|1|text", Want: []string{"1. ticked: Blocked at both firewalls\n2. not ticked: Service accounts disabled\n"}},
	})
}
