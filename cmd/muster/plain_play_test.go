package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/state/session"
)

// TestByLineWhereNothingIsKnown: case D11. A terminal of which nothing is known gets plain text.
func TestByLineWhereNothingIsKnown(t *testing.T) {
	for term, want := range map[string]bool{"": runtime.GOOS != "windows", "dumb": true, "unknown": true, "xterm-256color": false, "linux": false, "screen": false} {
		e := newEnv()
		e.terminal, e.getenv = true, func(name string) string { return map[string]string{"TERM": term}[name] }
		if got := e.byLine(); got != want {
			t.Errorf("TERM=%s: %v", term, got)
		}
		if e.terminal = false; e.byLine() {
			t.Errorf("TERM=%s: line by line where there is no terminal", term)
		}
	}
}

// A talker talks with the real program line by line, and reads nothing but what it says.
type talker struct {
	t     *testing.T
	home  string
	in    *io.PipeWriter
	mu    sync.Mutex
	more  *sync.Cond
	said  strings.Builder
	heard int
	code  chan int
	over  bool
}

// talk begins a conversation with a run of the program.
func talk(t *testing.T, home string, args ...string) *talker {
	in, out := io.Pipe()
	c := &talker{t: t, home: home, in: out, code: make(chan int, 1)}
	c.more = sync.NewCond(&c.mu)
	e := &env{settings{process: process{in: in, out: c, err: c, clock: session.System{}, random: rand.Reader, getenv: func(name string) string {
		return map[string]string{"HOME": home, "MUSTER_AS": "Ada"}[name]
	}}}}
	go func() {
		code := run(t.Context(), e, append([]string{"--plain"}, args...))
		c.mu.Lock()
		defer c.mu.Unlock()
		c.over = true
		_ = in.Close() // what is typed from now on goes nowhere
		c.more.Broadcast()
		c.code <- code
	}()
	t.Cleanup(func() { _ = out.Close(); <-c.code; c.code <- 0 })
	c.wait("")
	return c
}

// Write takes what is said.
func (c *talker) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.more.Broadcast()
	return c.said.Write(p)
}

// wait waits until what was typed is answered: it stands there, and a prompt behind it.
func (c *talker) wait(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.soon("in answer to " + line)()
	for !c.over {
		if news := c.said.String()[c.heard:]; strings.Contains(news, line+"\n") && strings.HasSuffix(news, "> ") {
			return
		}
		c.more.Wait()
	}
}

// say types a line, and returns what was said in answer.
func (c *talker) say(line string) string {
	c.hear()
	_, _ = io.WriteString(c.in, line+"\n")
	c.wait(line)
	_, answer, _ := strings.Cut(c.hear(), line+"\n")
	return answer
}

// hear is what was said since the last time, the prompt at its end.
func (c *talker) hear() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	news := c.said.String()[c.heard:]
	c.heard = c.said.Len()
	return news
}

// all is everything that was said.
func (c *talker) all() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.String()
}

// A listener is somebody who hears and does not see: it answers by the last lines that
// were said.
type listener struct {
	*talker
	last  string // what was said last
	lines int    // that were typed
}

// tell types a line.
func (l *listener) tell(format string, values ...any) string {
	l.lines++
	if l.lines > 3000 {
		l.t.Fatalf("it does not come to an end:\n%s", tail(l.all(), 4000))
	}
	l.last = l.say(fmt.Sprintf(format, values...))
	return l.last
}

func tail(text string, n int) string { return text[max(0, len(text)-n):] }

// prompt is what the program asks for.
func (l *listener) prompt() string {
	text := l.last[strings.LastIndexByte(l.last, '\n')+1:]
	return strings.TrimPrefix(strings.TrimSuffix(text, "> "), "EXERCISE ")
}

// question is the last line before the prompt.
func (l *listener) question() string {
	lines := strings.Split(l.last, "\n")
	return lines[max(0, len(lines)-2)]
}

// answers answers questions until none is asked, and reports by how many it went.
func (l *listener) answers() {
	for {
		switch prompt := l.prompt(); prompt {
		case "answer":
			l.tell("%s", l.answer(l.question()))
		case "number":
			l.tell("%s", l.choice())
		case "text, a dot ends it":
			l.tell("it was heard, and said")
			l.tell(".")
		case "yes, no or a number", "yes or no":
			l.tell("yes")
		case "refusal":
			if strings.Contains(l.last, "override: Do it all the same") {
				l.tell("override it is right all the same")
				continue
			}
			l.tell("leave")
		default:
			return
		}
	}
}

// answer is what is answered to a question for a line.
func (l *listener) answer(question string) string {
	switch {
	case strings.Contains(question, "02:38"):
		return "-1m"
	case strings.Contains(question, "a number"):
		return "7"
	case strings.Contains(question, "It is: "), !strings.Contains(question, "(needed)") && !strings.Contains(question, "This is needed"):
		return ""
	}
	return "as the listener was told"
}

// choice is which number is answered: the first that says something.
func (l *listener) choice() string {
	for line := range strings.SplitSeq(l.last, "\n") {
		number, text, _ := strings.Cut(line, ". ")
		if len(number) <= 2 && text != "" && !strings.HasPrefix(text, "not yet") && !strings.HasPrefix(text, "not known") {
			return number
		}
	}
	return ""
}

// on is the step or thing that the screen is on, as it was said last.
func (l *listener) on() string {
	at := strings.LastIndex(l.last, "\nOn: ")
	if at < 0 {
		return ""
	}
	line, _, _ := strings.Cut(l.last[at+len("\nOn: "):], "\n")
	return line
}

// steps does every step that is to be done, one after the other.
func (l *listener) steps() {
	before := ""
	for {
		l.tell("jump")
		l.tell("")
		on := l.on()
		if on == before || !isOpen(on) {
			return
		}
		before = on
		number, _, _ := strings.Cut(on, " ")
		for range 4 {
			l.tell("%s", number)
			l.prepares()
			l.tell("next")
			l.answers()
			l.tell("%s", number)
			if !isOpen(l.on()) {
				break
			}
		}
		if isOpen(l.on()) {
			l.tell("skip there is nobody to ask")
			l.answers()
		}
	}
}

// isOpen reports whether a step, as it is said, is still to be done.
func isOpen(on string) bool {
	return strings.Contains(on, "; to do") || strings.Contains(on, "; active") || strings.Contains(on, "; waiting") || strings.Contains(on, "; blocked")
}

// prepares does what the text of a step asks for before it is done.
func (l *listener) prepares() {
	text := l.last
	for range strings.Count(text, "\nnot ticked: ") {
		l.tell("tick")
	}
	if strings.Contains(text, "Evidence: asks for") {
		l.tell("note it was seen, and told on the telephone")
		l.answers()
	}
}

// confirms has another person confirm what needs two.
func (l *listener) confirms() {
	l.tell("list unconfirmed")
	list := l.last
	for line := range strings.SplitSeq(list, "\n") {
		_, text, _ := strings.Cut(line, ". ")
		if number, _, ok := strings.Cut(text, " "); ok && strings.HasSuffix(text, "; unconfirmed") {
			l.tell("%s", number)
			l.tell("next")
			l.answers()
		}
	}
}

// becomes says that somebody else acts from now on.
func (l *listener) becomes(name string) {
	l.tell("who %s", name)
	l.tell("1")
}

// wants fails unless a text was said.
func (l *listener) wants(texts ...string) {
	l.t.Helper()
	for _, text := range texts {
		if !strings.Contains(l.last, text) {
			l.t.Errorf("%q was not said in answer:\n%s", text, l.last)
		}
	}
}

// speaks drafts, approves and sends a notice by hand.
func (l *listener) speaks(notice string) {
	l.tell("notices")
	l.tell("list %s", notice)
	number, _, _ := strings.Cut(l.last, ".")
	l.tell("%s", number)
	l.tell("draft")
	l.tell("write")
	l.tell("We are looking at a fault, and say more in two hours.")
	l.tell(".")
	l.tell("save")
	l.tell("approve")
	l.answers()
	l.tell("send")
	l.tell("1")
	l.answers()
	l.wants("Saved. Entry", "sent")
	l.tell("run")
}

// closes closes the incident, checks the log, and leaves.
func (l *listener) closes() {
	l.tell("close")
	if strings.Contains(l.last, "still open") {
		l.tell("1")
	}
	l.answers()
	l.wants("closed", "what comes next")
	l.tell("verify")
	l.wants("integrity GOOD")
	l.tell("export")
	l.tell("3")
	l.tell("%s", filepath.Join(l.home, "report.md"))
	l.answers()
	l.wants("It is in ")
	l.tell("leave")
	l.tell("")
	l.wants("CLOSED")
	l.tell("quit")
}

// record reads what was recorded, by the commands of another run.
func (l *listener) record(args ...string) string {
	l.t.Helper()
	var out strings.Builder
	e := &env{settings{process: process{in: strings.NewReader(""), out: &out, err: &out, clock: session.System{}, random: rand.Reader, getenv: func(name string) string {
		return map[string]string{"HOME": l.home, "MUSTER_AS": "Ada"}[name]
	}}}}
	if code := run(l.t.Context(), e, args); code != 0 {
		l.t.Errorf("muster %s ends with %d:\n%s", strings.Join(args, " "), code, out.String())
	}
	return out.String()
}

// TestALiveIncidentByLine: a whole incident, by somebody who reads nothing but what is said.
func TestALiveIncidentByLine(t *testing.T) {
	home := t.TempDir()
	l := listens(t, home, "Ada")
	l.wants("Screen: home")
	l.tell("list ransomware")
	number, _, _ := strings.Cut(l.last, ".")
	l.tell("%s", number)
	l.tell("open")
	l.answers()
	l.wants("LIVE ", "Screen: run", "On: 1.2 Unplug what encrypts; to do.")
	l.speaks("Holding")
	l.tell("services")
	l.tell("1")
	l.tell("set affected")
	l.answers()
	l.wants("is affected")
	l.tell("notices")
	l.tell("list called")
	number, _, _ = strings.Cut(l.last, ".")
	l.tell("%s", number)
	l.tell("call")
	l.answers()
	l.wants("Saved. Entry")
	l.tell("run")
	l.steps()
	l.becomes("Ben")
	l.confirms()
	l.becomes("Ada")
	l.steps()
	l.tell("witness Carol, by telephone")
	l.answers()
	l.wants("told Carol, by telephone the head")
	l.tell("sitrep")
	l.wants("Where things stand")
	l.tell("leave")
	l.closes()
	l.end()
	l.recorded([]string{"verify"}, "integrity     GOOD", "consistency   GOOD")
	l.recorded([]string{"status"}, "closed by Ada", " 0 under way", " 0 unconfirmed", " 0 skipped")
	l.recorded([]string{"log"}, "sent Holding statement", "told Carol, by telephone the head", "confirmed", "called", "is affected", "it was seen, and told on the telephone")
	noEscapes(t, l.all())
}

// recorded fails unless a command finds texts in what was recorded.
func (l *listener) recorded(args []string, texts ...string) {
	l.t.Helper()
	out := l.record(args...)
	for _, text := range texts {
		if !strings.Contains(out, text) {
			l.t.Errorf("muster %s does not say %q:\n%s", strings.Join(args, " "), text, tail(out, 6000))
		}
	}
}

// TestADrillByLine: a whole drill of the ransomware runbook, by a facilitator and a player
// who read nothing but what is said.
func TestADrillByLine(t *testing.T) {
	home := t.TempDir()
	l := listens(t, home, "Ada", "start", "--drill", "--scenario", "imo-2020")
	l.wants("EXERCISE ", "EXERCISE run> ")
	player := listens(t, home, "Ben", "open")
	player.wants("EXERCISE ")
	player.tell("?")
	if strings.Contains(player.last, "drill") {
		t.Errorf("a player is offered the facilitator's screen:\n%s", player.last)
	}
	player.tell("")
	player.tell("drill")
	player.wants("facilitator's alone")
	l.tell("drill")
	l.wants("NOT STARTED", "Expect:")
	l.tell("start")
	l.wants("exercise clock started")
	l.tell("")
	l.wants("RUNNING")
	for n := 0; ; n++ {
		l.tell("next")
		if !strings.Contains(l.last, "deliver") && n > 60 {
			break
		}
		l.tell("deliver")
		if l.prompt() != "yes or no" {
			break
		}
		l.tell("yes")
		if n == 0 {
			player.awaits("ALERT: EXERCISE: message 1")
			player.last = player.hear()
			player.wants("EXERCISE: message 1", "website shows an error page")
			player.tell("note somebody looks at it")
			player.answers()
			player.wants("Saved. Entry")
			player.tell("waiting")
			if player.prompt() != "message" { // the first acts wait too
				player.tell("2")
			}
			player.wants("take: acknowledge")
			player.tell("take")
			player.wants("Saved. Entry")
		}
	}
	player.tell("quit")
	player.end()
	l.tell("run")
	l.wants("Screen: run")
	l.steps()
	l.tell("drill")
	for n := range 5 {
		l.tell("rate %d", n+1)
		l.answers()
	}
	l.tell("observe they asked before they switched anything off")
	l.answers()
	l.closes()
	l.end()
	l.recorded([]string{"verify"}, "integrity     GOOD", "mode          drill")
	l.recorded([]string{"log"}, "acknowledged", "somebody looks at it", "they asked before")
	if n := strings.Count(l.record("log"), "rated the objective"); n != 5 {
		t.Errorf("%d objectives are rated", n)
	}
	if n := strings.Count(l.record("log"), "inject "); n < 25 {
		t.Errorf("%d injects are in the log", n)
	}
	noEscapes(t, l.all()+player.all())
}

// listens begins to listen to a run of the program, as a person.
func listens(t *testing.T, home, person string, args ...string) *listener {
	l := &listener{talker: talk(t, home, append([]string{"--as", person}, args...)...)}
	l.last = l.hear()
	return l
}

// awaits waits until something is said that nobody asked for.
func (c *talker) awaits(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.soon("for " + text)()
	for !c.over && !(strings.Contains(c.said.String()[c.heard:], text) && strings.HasSuffix(c.said.String(), "> ")) {
		c.more.Wait()
	}
}

// soon fails loudly when something is not said.
func (c *talker) soon(what string) (stop func() bool) {
	const long = 30 * time.Second
	return time.AfterFunc(long, func() { panic("nothing is said " + what + ":\n" + tail(c.said.String(), 4000)) }).Stop
}

// end ends the input, and fails if the program has not ended well.
func (l *listener) end() {
	l.t.Helper()
	_ = l.in.Close()
	code := <-l.code
	l.code <- code
	if code != 0 {
		l.t.Errorf("it ends with %d:\n%s", code, tail(l.all(), 2000))
	}
}

// noEscapes fails if anything was said that is no text.
func noEscapes(t *testing.T, said string) {
	t.Helper()
	if at := strings.IndexFunc(said, func(r rune) bool { return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) }); at >= 0 {
		t.Errorf("a control character was said: %q", said[max(0, at-40):min(len(said), at+40)])
	}
}
