package incident_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestAnIncidentIsSaid: line by line, an empty line says where one is, and what is near its
// end, refused, or not saved is said at once.
func TestAnIncidentIsSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "where one is", Lines: "", Want: []string{"LIVE 2026-11-24-amber-heron; SEV1; Website down; open for 00:00:00; nobody commands; next clock Tell the board 02:00 left; you are Ada; saved 1.\nOn: 1.1 Is it an attack?; to do.\n"}},
		{Name: "who commands", Lines: "role|1|Ben|yes|", Want: []string{"; Ben commands; "}, Absent: []string{"; nobody commands; next"}},
		{Name: "the next act", Lines: "occurred -10m|yes|", Want: []string{"; next act at 2026-11-24 02:21:00; "}},
		{Name: "a board", Lines: "clocks", Want: []string{"Screen: clocks.\nDue\n1. Tell the board; 02:00 left (you are here)\nClocks that do not run\n2. ", "Starts: when the incident begins\n"}},
		{Name: "a row of a board", Lines: "clocks|2", Want: []string{"On: GDPR Art. 33: tell the authority; waiting.\n"}},
		{Name: "closed", Lines: "close|1|over|.|yes|override all the same|yes|leave|", Want: []string{"Not recorded\nStill open: Tell the board (running), 1.1 Is it an attack? (to do)", "Finish or skip them, or close anyway and say why.\n", "1. override: ", "; CLOSED 02:31; "}, Logged: "closed"},
		{Name: "a refusal is changed", Lines: "close|1|over|.|yes|edit|1|done|.|yes|leave|", Want: []string{"2. edit: Change what was typed\n"}, Absent: []string{"CLOSED"}},
		{Name: "a text", Lines: "sitrep|issue board|yes", Want: []string{"Where things stand\nSituation report: Website down\n", "2. before: The sitrep that was issued before, as it left\n"}, Logged: "issued a sitrep to board"},
		{Name: "another's entry", Before: func(desk *tuitest.Desk) {
			if err := desk.Last().Other("Ben", state.AddNote{Text: "seen"}); err != nil {
				panic(err)
			}
		}, Lines: "note x|yes", Want: []string{"Saved. Entry 3, 02:31, Ada: note"}, Absent: []string{"Saved. Entry 2"}},
		{Name: "not saved", Before: func(desk *tuitest.Desk) { desk.FailSaves(1) }, Lines: "note x|yes|show", Want: []string{"NOT SAVED", "1 action"}, Logged: "opened"},
		{Name: "the witness", Lines: "witness Ben||yes", Logged: "told Ben the head"},
	})
	tuitest.Sayings(t, tuitest.Drill("Ada"), []tuitest.Saying{
		{Name: "a drill", Lines: "", Want: []string{"EXERCISE 2026-11-24-amber-heron; SEV1; Autumn exercise; "}, Absent: []string{"LIVE"}},
	})
}

// TestAClockNearItsEndIsSaid: an hour before, once, and not of one that is closed.
func TestAClockNearItsEndIsSaid(t *testing.T) {
	near := "NEAR ITS END: Tell the board, due 04:31"
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "long before", Lines: "", Absent: []string{near}},
		{Name: "not yet", Before: func(desk *tuitest.Desk) { time.Sleep(59 * time.Minute) }, Lines: "", Absent: []string{near}},
	})
	tuitest.InBubble(t, "an hour before", func(t *testing.T) {
		c, _ := tuitest.InsideByLine(t, tuitest.IMO(t, byLine()))
		c.Hear()
		wantSaid(t, c.Wait(61*time.Minute), near)
		wantNotSaid(t, c.Wait(20*time.Minute), near)
	})
}

func byLine() tui.Options { return tui.Options{ByLine: true} }

func wantSaid(t *testing.T, said, text string) {
	t.Helper()
	if !strings.Contains(said, text) {
		t.Errorf("%q is not said:\n%s", text, said)
	}
}

func wantNotSaid(t *testing.T, said, text string) {
	t.Helper()
	if strings.Contains(said, text) {
		t.Errorf("%q is said:\n%s", text, said)
	}
}

// TestExportIsAsked: every format that there is can be chosen; a file that is not named is
// called after the incident, with what its format's files end in.
func TestExportIsAsked(t *testing.T) {
	for lines, want := range map[string]string{
		"export||":               "html .html",
		"export|2|":              "bundle .zip",
		"export|iris|":           "iris .iris.csv",
		"export|iris|report.csv": "iris report.csv",
		"export|html|taken.html": "",
	} {
		tuitest.InBubble(t, lines, func(t *testing.T) {
			scene := tuitest.IMO(t, byLine())
			c, desk := tuitest.InsideByLine(t, scene)
			c.Hear()
			said := c.Say(append(strings.Split(lines, "|"), "yes")...)
			wantSaid(t, said, "3. iris: for another tool\n")
			got := scene.World.Exported()
			if want == "" {
				wantSaid(t, said, "Not written, or not whole: ")
				if len(got) > 0 {
					t.Errorf("written are %q", got)
				}
				return
			}
			format, file, _ := strings.Cut(want, " ")
			if strings.HasPrefix(file, ".") {
				file = desk.Last().Incident().ID + file
			}
			if len(got) != 1 || !strings.HasPrefix(got[0], desk.Last().Incident().ID+" "+format+" ") || filepath.Base(got[0]) != file {
				t.Errorf("written is %q, not %s as %s\n%s", got, format, file, said)
			}
			wantSaid(t, said, "It is in ")
		})
	}
}

// TestOpenForIsNotSinceTheDetection: where it was said when the incident was detected, its length
// counts from there, and is not called how long it is open.
func TestOpenForIsNotSinceTheDetection(t *testing.T) {
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "given later", Before: func(desk *tuitest.Desk) {
			at := desk.Now().Add(-3 * time.Hour)
			if err := desk.Last().Other("Ben", state.AmendEntry{Seq: 1, Occurred: &at, Why: "the ticket of the desk says so"}); err != nil {
				panic(err)
			}
		}, Lines: "", Want: []string{"; detected 03:00:0", " ago; "}, Absent: []string{"open for"}},
	})
}
