package notices_test

import (
	"testing"

	"muster/tui/tuitest"
)

// TestNoticesAreSaid: line by line, a notice is written, claims something, and is saved, as
// on the screens; what it claims stands against what is known.
func TestNoticesAreSaid(t *testing.T) {
	const claims = "notices|1|draft|write|two|words|.|claims"
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "the list", Lines: "notices", Want: []string{"1. Holding statement; unwritten (you are here)\n", "Contacts, in the order to call\n4. National CERT; not called\n", "Approver: Incident commander (nobody)\n"}},
		{Name: "a draft", Lines: "notices|1|draft", Want: []string{"Holding statement, version 1\n", "We have technical issues.\n", "It claims nothing of any service.\n", "1. save: Save what is written as a new version\n"}},
		{Name: "the whole text anew", Lines: "notices|1|draft|write|two|words|.|save", Want: []string{"two\nwords\n"}, Logged: "drafted Holding statement, version 1"},
		{Name: "a line anew", Lines: "notices|1|draft|write|two|words|.|change|2|three|save", Want: []string{"Which line?\n1. two\n2. words\n", "Type the line anew;", "two\nthree\n"}, Logged: "drafted Holding statement, version 1"},
		{Name: "a line less", Lines: "notices|1|draft|write|two|words|.|change|1||save", Want: []string{"Holding statement, version 1\nwords\n"}, Logged: "drafted Holding statement, version 1"},
		{Name: "a line as it was", Lines: "notices|1|draft|change|1|.|/leave|save", Want: []string{"It is one line:", "The text stays as it was."}, Logged: "drafted Holding statement, version 1"},
		{Name: "said by hand", Lines: "notices|1|draft|save|send|by hand|override|it is urgent|yes", Want: []string{"Say the text above, or read it out; then fill this in."}, Absent: []string{"clipboard"}},
		{Name: "a text that is dropped", Lines: "notices|1|draft|write|two|/leave", Want: []string{"We have technical issues.\n"}},
		{Name: "what it claims", Lines: claims, Want: []string{"What it claims\n", "1. File servers: nothing is said of it; it is not known how it stands (you are here)\n"}, Absent: []string{"NO: "}},
		{Name: "what can be claimed", Lines: claims + "|2", Want: []string{"GISIS is said to be\n1. nothing\n2. unaffected\n"}},
		{Name: "a claim that is not known", Lines: claims + "|2|restored", Want: []string{"2. GISIS is said to be restored; it is not known how it stands (you are here)\n"}},
		{Name: "a claim that is taken back", Lines: claims + "|2|restored|2|nothing|take|save", Want: []string{"It claims nothing of any service.\n"}, Absent: []string{"claiming"}},
		{Name: "a claim is saved", Lines: claims + "|2|suspect|take|save", Want: []string{"? GISIS is suspect, known: unknown\n"}, Logged: "claiming GISIS is suspect"},
		{Name: "no services", Lines: "notices|1|draft|leave|list", Want: []string{"1. Holding statement; unwritten (you are here)\n"}},
	})
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "a contact", Lines: "notices|list", Want: []string{"Screen: notices.\n"}},
	})
}
