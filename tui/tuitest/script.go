package tuitest

import (
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// A Scene is what a script plays in.
type Scene struct {
	Desk  *Desk
	World *World                        // what scripts about checks and sending need; nil for none
	App   func(*Desk) (*tui.App, error) // made when the script has set the size
}

// Run plays the script in file. It must run inside synctest.Test.
func Run(t *testing.T, file string, scene Scene) *Terminal {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, file: file, scene: scene, w: 80, h: 24}
	for i, line := range strings.Split(string(text), "\n") {
		s.line = i + 1
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		s.do(verb, strings.TrimSpace(rest))
	}
	return s.term
}

type script struct {
	t       *testing.T
	file    string
	line    int
	scene   Scene
	w, h    int
	term    *Terminal
	pressed int // keys, beside what was typed
}

func (s *script) fail(format string, args ...any) {
	s.t.Helper()
	screen := ""
	if s.term != nil {
		screen = "\n" + s.term.Screen()
	}
	s.t.Fatalf("%s:%d: %s%s", s.file, s.line, fmt.Sprintf(format, args...), screen)
}

// begin starts the program, if it does not run yet.
func (s *script) begin() {
	if s.term != nil {
		return
	}
	app, err := s.scene.App(s.scene.Desk)
	if err != nil {
		s.fail("%v", err)
	}
	s.term = Start(s.t, app, s.w, s.h)
}

func (s *script) do(verb, rest string) {
	s.t.Helper()
	if verb == "size" {
		s.w, s.h = s.pair(rest, "x")
		return
	}
	s.begin()
	switch {
	case s.input(verb, rest), s.fault(verb, rest), s.check(verb, rest):
	default:
		s.fail("unknown command %q", verb)
	}
}

// input is what a person does.
func (s *script) input(verb, rest string) bool {
	switch verb {
	case "press":
		s.pressed += len(strings.Fields(rest))
		s.term.Press(strings.Fields(rest)...)
	case "type":
		s.term.Type(rest)
	case "paste":
		s.term.Send(tea.PasteMsg{Content: strings.ReplaceAll(rest, `\n`, "\n")})
	case "heap": // bytes that come at once; quoted
		says, err := strconv.Unquote(rest)
		if err != nil {
			s.fail("%v", err)
		}
		s.term.Feed([]byte(says))
		s.term.Wait(50 * time.Millisecond)
	case "click":
		x, y := s.pair(rest, ",")
		s.term.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	case "wheel":
		way, at, _ := strings.Cut(rest, " ")
		x, y := s.pair(at, ",")
		s.term.Send(tea.MouseWheelMsg{X: x, Y: y, Button: map[string]tea.MouseButton{"up": tea.MouseWheelUp, "down": tea.MouseWheelDown}[way]})
	case "resize":
		s.term.Resize(s.pair(rest, "x"))
	case "terminal": // says something of itself; quoted
		says, err := strconv.Unquote(rest)
		if err != nil {
			s.fail("%v", err)
		}
		s.term.Feed([]byte(says))
		s.term.Settle()
	case "wait":
		d, err := time.ParseDuration(rest)
		if err != nil {
			s.fail("%v", err)
		}
		s.term.Wait(d)
	default:
		return false
	}
	return true
}

// fault is what the world does.
func (s *script) fault(verb, rest string) bool {
	d := s.scene.Desk
	switch verb {
	case "fail-save":
		d.FailSaves(s.number(rest))
	case "fail-rescue":
		d.FailRescue()
	case "slow":
		d.Hold()
	case "hurry":
		d.Release()
		s.term.Settle()
	case "hold-file":
		done, all := s.pair(rest, "/")
		d.HoldFile(int64(done)*1e6, int64(all)*1e6)
	case "release-file":
		d.ReleaseFile()
		s.term.Settle()
	case "change-log":
		d.Change(rest)
		s.term.Settle()
	case "restart":
		s.term.Kill()
		s.term = nil
		s.begin()
	case "damage":
		d.Damage(&state.Damage{Line: 7, Seq: 7, What: rest})
	case "withhold":
		s.withhold(strings.Fields(rest))
	case "other":
		s.other(rest)
		s.term.Settle()
	case "copy":
		d.Copies(rest, 25*time.Minute)
	case "branch", "elsewhere", "merge":
		s.apart(verb, rest)
		s.term.Settle()
	default:
		return s.outside(verb, rest)
	}
	return true
}

// outside is what happens to services and channels.
func (s *script) outside(verb, rest string) bool {
	w := s.scene.World
	if w == nil {
		return false
	}
	switch verb {
	case "down":
		service, what, _ := strings.Cut(rest, " ")
		w.Down(service, strings.ReplaceAll(what, `\e`, "\x1b"))
	case "up":
		w.Down(rest, "")
	case "fail-send":
		w.FailSend(rest)
	case "hold":
		w.Hold()
	case "release":
		w.Release()
		s.term.Settle()
	case "sent":
		if all := strings.Join(w.Sent(), "\n"); !strings.Contains(all, rest) {
			s.fail("what was sent is %q", all)
		}
	case "unsent":
		if all := w.Sent(); len(all) > 0 {
			s.fail("something was sent: %q", all)
		}
	case "looks":
		if n := w.Looks(); n != s.number(rest) {
			s.fail("there were %d looks", n)
		}
	default:
		return s.sounds(verb, rest)
	}
	return true
}

// sounds checks what the terminal was made to do beside drawing.
func (s *script) sounds(verb, rest string) bool {
	switch verb {
	case "written", "unwritten": // was anything like it sent to the terminal; quoted
		want, err := strconv.Unquote(rest)
		if err != nil {
			s.fail("%v", err)
		}
		if raw := s.term.Raw(); strings.Contains(raw, want) != (verb == "written") {
			s.fail("%q: is it sent to the terminal? %v", want, verb != "written")
		}
	case "rings":
		if n := s.term.rings; n != s.number(rest) {
			s.fail("it rang %d times", n)
		}
	default:
		return false
	}
	return true
}

// withhold makes a copy of the incident.
func (s *script) withhold(names []string) {
	var parts state.Parts
	for _, name := range names {
		part, known := state.ParsePart(name)
		if !known {
			s.fail("there is no part %q", name)
		}
		parts |= state.PartsOf(part)
	}
	if err := s.scene.Desk.Withhold(parts); err != nil {
		s.fail("%v", err)
	}
}

// apart lets people go on in a branch, act there, and merge it.
func (s *script) apart(verb, rest string) {
	session := s.scene.Desk.Last()
	var err error
	switch verb {
	case "branch":
		err = session.Fork(rest)
	case "elsewhere":
		words := strings.SplitN(rest, " ", 3)
		err = session.Elsewhere(words[0], s.command(words))
	default:
		err = session.Merge(rest)
	}
	if err != nil {
		s.fail("%v", err)
	}
}

// other lets another person act.
func (s *script) other(rest string) {
	words := strings.SplitN(rest, " ", 3)
	if err := s.scene.Desk.Last().Other(words[0], s.command(words)); err != nil {
		s.fail("%v", err)
	}
}

// command is what another person does: NAME WHAT …
func (s *script) command(words []string) state.Command {
	if len(words) < 3 {
		s.fail("NAME WHAT …")
	}
	var c state.Command
	switch words[1] {
	case "start":
		c = state.StartStep{Step: words[2]}
	case "done":
		c = state.DoStep{Step: words[2]}
	case "skip":
		c = state.SkipStep{Step: words[2], Why: "it was seen elsewhere"}
	case "confirm":
		c = state.ConfirmStep{Step: words[2]}
	case "note":
		c = state.AddNote{Text: words[2]}
	case "service":
		id, st, _ := strings.Cut(words[2], " ")
		c = state.SetService{Service: id, State: state.ServiceState(st), Why: "it was seen elsewhere"}
	case "hand":
		role, to, _ := strings.Cut(words[2], " ")
		c = state.HandRole{Role: role, To: to, Note: "watch the clocks"}
	case "takes":
		c = state.AssignRole{Role: words[2], Person: words[0]}
	case "clock":
		c = state.MeetClock{Clock: words[2], Why: "it was done elsewhere"}
	case "delivers", "repeats":
		in := s.scene.Desk.Last().Inject(words[2])
		c = state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text, Again: words[1] == "repeats"}
	case "acknowledges":
		c = state.AcknowledgeInject{Inject: words[2]}
	case "exercise":
		c = state.SetExercise{Do: state.ExerciseDo(words[2])}
	case "decide":
		step, option, _ := strings.Cut(words[2], " ")
		c = state.AnswerStep{Step: step, Option: option}
	default:
		s.fail("another person cannot %s", words[1])
	}
	return c
}

// check looks at what came of it.
func (s *script) check(verb, rest string) bool {
	switch verb {
	case "await":
		s.await(rest)
	case "absent":
		if strings.Contains(s.term.Screen(), rest) {
			s.fail("%q is on the screen", rest)
		}
	case "snapshot":
		s.snapshot(rest)
	case "clipboard":
		if !strings.HasPrefix(s.term.clip, base64.StdEncoding.EncodeToString([]byte(rest))) {
			s.fail("the clipboard holds %q", s.term.clip)
		}
	case "title":
		if s.term.title != rest {
			s.fail("the title is %q", s.term.title)
		}
	case "ended":
		if !s.term.Ended() {
			s.fail("the program runs")
		}
	default:
		return s.log(verb, rest)
	}
	return true
}

// log looks at what was recorded, and with how many keys.
func (s *script) log(verb, rest string) bool {
	switch verb {
	case "logged":
		inc := s.scene.Desk.Last().Incident()
		e, _ := inc.Entry(inc.Head.Seq)
		if text := e.By.Name + " " + inc.Describe(e); !strings.Contains(text, rest) {
			s.fail("the last entry is %q", text)
		}
	case "happened": // the last entry that a person made, at a time of the day
		s.happened(rest)
	case "pressed-at-most":
		if s.pressed > s.number(rest) {
			s.fail("%d keys were pressed beside what was typed", s.pressed)
		}
	case "entries":
		if n := s.scene.Desk.Last().Incident().Head.Seq; int(n) != s.number(rest) {
			s.fail("the log has %d entries", n)
		}
	default:
		return false
	}
	return true
}

// happened compares the last entry that a person made with a time of the day and what was done.
func (s *script) happened(rest string) {
	at, want, _ := strings.Cut(rest, " ")
	inc := s.scene.Desk.Last().Incident()
	for seq := inc.Head.Seq; seq > 0; seq-- {
		e, _ := inc.Entry(seq)
		if e.By.Name == state.Muster {
			continue
		}
		if text := e.When().Format("15:04") + " " + e.By.Name + " " + inc.Describe(e); !strings.HasPrefix(text, at+" ") || !strings.Contains(text, want) {
			s.fail("the last entry is %q", text)
		}
		return
	}
	s.fail("nobody did anything")
}

// await waits a second at most, of the script's own clock, for a text to be drawn.
func (s *script) await(text string) {
	for range 10 {
		if strings.Contains(s.term.Screen(), text) {
			return
		}
		s.term.Wait(100 * time.Millisecond)
	}
	s.fail("%q does not come", text)
}

// headCode is the log's head on the screen. It depends on the order in which things
// that go on side by side were recorded, and is no part of a golden screen.
var headCode = regexp.MustCompile(` head [0-9A-Z]{4}(-[0-9A-Z]{4}){3} `)

// snapshot compares the screen with a golden file; the log's head counts as zeros.
func (s *script) snapshot(name string) {
	golden := strings.TrimSuffix(s.file, ".txt") + "." + name + ".golden"
	got := headCode.ReplaceAllString(s.term.Screen(), " head 0000-0000-0000-0000 ")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			s.fail("%v", err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		s.fail("%v (run with -update)", err)
	}
	if got != string(want) {
		s.fail("the screen is not %s:\n%s\nbut:", golden, want)
	}
}

func (s *script) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.fail("%q is not a number", text)
	}
	return n
}

func (s *script) pair(text, between string) (int, int) {
	a, b, _ := strings.Cut(text, between)
	return s.number(a), s.number(b)
}
