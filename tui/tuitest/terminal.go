package tuitest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"muster/tui"
)

// A Terminal runs the screens in a terminal emulator. It must be made inside
// synctest.Test, where time passes only when nothing else is left to do.
type Terminal struct {
	t       testing.TB
	program *tui.Program
	emu     *vt.Emulator
	input   io.Writer  // what the terminal sends
	mu      sync.Mutex // of what the program writes
	written int        // bytes
	writes  int
	raw     bytes.Buffer // all of it
	title   string
	clip    string
	rings   int                // how often the bell rang
	modes   map[ansi.Mode]bool // those that were set or reset
	done    chan struct{}
	Err     error // how the program ended
	W, H    int
	far     bool
}

// Start runs app in a terminal of w×h cells, until the test ends.
func Start(t testing.TB, app *tui.App, w, h int) *Terminal {
	return StartOn(t, colorprofile.TrueColor, app, w, h)
}

// StartOn is Start in a terminal of other colours.
func StartOn(t testing.TB, colours colorprofile.Profile, app *tui.App, w, h int) *Terminal {
	return start(t, app, tui.Terminal{Width: w, Height: h, Profile: colours, Environ: []string{"TERM=xterm-256color"}})
}

// StartFar is StartOn at the other end of a line, as SSH gives it.
func StartFar(t testing.TB, colours colorprofile.Profile, app *tui.App, w, h int) *Terminal {
	return start(t, app, tui.Terminal{Width: w, Height: h, Profile: colours, Environ: []string{"TERM=xterm-256color", "SSH_TTY=/dev/pts/0"}, Raw: true})
}

func start(t testing.TB, app *tui.App, line tui.Terminal) *Terminal {
	w, h := line.Width, line.Height
	term := &Terminal{t: t, emu: vt.NewEmulator(w, h), done: make(chan struct{}), modes: map[ansi.Mode]bool{}, W: w, H: h, far: line.Raw}
	term.emu.SetCallbacks(vt.Callbacks{
		Title: func(title string) { term.title = title }, Bell: func() { term.rings++ },
		EnableMode: func(m ansi.Mode) { term.modes[m] = true }, DisableMode: func(m ansi.Mode) { term.modes[m] = false },
	})
	keys, input := io.Pipe()
	term.input = input
	go func() { _, _ = io.Copy(io.Discard, term.emu) }() // the emulator's own replies
	ctx, cancel := context.WithCancel(context.Background())
	line.In, line.Out = keys, term
	term.program = tui.NewProgram(ctx, app, line)
	go func() {
		term.Err = term.program.Run()
		close(term.done)
	}()
	t.Cleanup(func() {
		term.program.Kill()
		<-term.done
		cancel()
		_ = input.Close()
		_ = term.emu.InputPipe().(io.Closer).Close()
		time.Sleep(3 * time.Second) // fake: leaked ticks end
	})
	term.Settle()
	return term
}

// Write takes what the program draws.
func (term *Terminal) Write(p []byte) (int, error) {
	term.mu.Lock()
	defer term.mu.Unlock()
	term.written += len(p)
	term.writes++
	term.raw.Write(p)
	if i := bytes.Index(p, []byte("\x1b]52;c;")); i >= 0 {
		term.clip = string(p[i+len("\x1b]52;c;"):])
	}
	seen := onScreen(p, term.H)
	if !term.far {
		seen = bytes.ReplaceAll(seen, []byte("\n"), []byte("\r\n"))
	}
	_, err := term.emu.Write(seen)
	return len(p), err
}

// margins bound the rows that scroll.
var margins = regexp.MustCompile(`\x1b\[[0-9]+;[0-9]+r`)

// onScreen puts the margins in p into a terminal of h rows, as terminals do: what
// draws may not know yet that there are fewer. The emulator would fail.
func onScreen(p []byte, h int) []byte {
	return margins.ReplaceAllFunc(p, func(seq []byte) []byte {
		var top, bottom int
		_, _ = fmt.Sscanf(string(seq), "\x1b[%d;%dr", &top, &bottom)
		return fmt.Appendf(nil, "\x1b[%d;%dr", min(top, h), min(bottom, h))
	})
}

// Settle waits until the program has nothing more to do or draw.
func (term *Terminal) Settle() { term.Wait(120 * time.Millisecond) }

// Wait lets time pass.
func (term *Terminal) Wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// Send gives the program a message, and lets it settle.
func (term *Terminal) Send(msg tea.Msg) {
	select {
	case <-term.done:
	default:
		term.program.Send(msg)
	}
	term.Settle()
}

// Feed sends bytes as they are, as a terminal sends keys, and lets no time pass.
func (term *Terminal) Feed(keys []byte) {
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		_, _ = term.input.Write(keys)
	}()
	select {
	case <-sent:
	case <-term.done:
	}
}

// Quick presses a key and waits only for the next frame.
func (term *Terminal) Quick(key string) {
	term.program.Send(Key(key))
	term.Wait(20 * time.Millisecond)
}

// Strike presses a key and lets no time pass.
func (term *Terminal) Strike(key string) {
	term.program.Send(Key(key))
	synctest.Wait()
}

// Press presses keys, by name.
func (term *Terminal) Press(keys ...string) {
	for _, key := range keys {
		term.Send(Key(key))
	}
}

// Type presses a key for each character. Whoever has opened a form with a letter reads
// it first.
func (term *Terminal) Type(text string) {
	term.Wait(300 * time.Millisecond)
	for _, r := range text {
		term.program.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	term.Settle()
}

// Resize changes the terminal's size.
func (term *Terminal) Resize(w, h int) {
	term.mu.Lock()
	term.W, term.H = w, h
	term.emu.Resize(w, h)
	term.mu.Unlock()
	term.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Screen is what can be read on the terminal, without trailing spaces.
func (term *Terminal) Screen() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	var b strings.Builder
	for y := range term.H {
		line := ""
		for x := 0; x < term.W; x++ {
			cell := term.emu.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				line += " "
				continue
			}
			line += cell.Content
			x += max(0, cell.Width-1)
		}
		b.WriteString(strings.TrimRight(line, " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Looks are the styles in which something is seen, as sequences that begin them.
func (term *Terminal) Looks() (looks []string) {
	term.mu.Lock()
	defer term.mu.Unlock()
	for y := range term.H {
		for x := range term.W {
			cell := term.emu.CellAt(x, y)
			if cell == nil || strings.TrimSpace(cell.Content) == "" {
				continue
			}
			if look := cell.Style.String(); !slices.Contains(looks, look) {
				looks = append(looks, look)
			}
		}
	}
	return looks
}

// Scribble writes to the terminal as another program would.
func (term *Terminal) Scribble(text string) {
	term.mu.Lock()
	defer term.mu.Unlock()
	_, _ = term.emu.WriteString(text)
}

// Left is what on the terminal is not as a shell expects it.
func (term *Terminal) Left() []string {
	term.mu.Lock()
	defer term.mu.Unlock()
	var left []string
	for mode, set := range term.modes {
		if set != (mode == ansi.ModeTextCursorEnable) {
			left = append(left, fmt.Sprintf("mode %d is %t", mode.Mode(), set))
		}
	}
	if term.title != "" {
		left = append(left, "the title is "+term.title)
	}
	raw := term.raw.String()
	if n := strings.Count(raw, ansi.PushKittyKeyboard(7)) - strings.Count(raw, ansi.PopKittyKeyboard(1)); n != 0 {
		left = append(left, fmt.Sprintf("the kitty keyboard is pushed %d times", n))
	}
	if strings.LastIndex(raw, ansi.SetModifyOtherKeys2) > strings.LastIndex(raw, ansi.ResetModifyOtherKeys) {
		left = append(left, "other keys are modified")
	}
	slices.Sort(left)
	return left
}

// Styled is the screen with its colours, as SGR sequences.
//
// The ink of a blank is not seen: it may be any.
func (term *Terminal) Styled() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	seen := uv.NewBuffer(term.W, term.H)
	for y := range term.H {
		for x := range term.W {
			cell := term.emu.CellAt(x, y)
			if cell == nil || cell.Width == 0 {
				continue
			}
			if cell = cell.Clone(); cell.Content == " " && cell.Style.Attrs&uv.AttrReverse == 0 {
				cell.Style.Fg, cell.Style.Attrs = nil, cell.Style.Attrs&^(uv.AttrBold|uv.AttrFaint|uv.AttrItalic)
			}
			seen.SetCell(x, y, cell)
		}
	}
	return seen.Render()
}

// Written is how many bytes the program has drawn so far, in how many writes.
func (term *Terminal) Written() (n, writes int) {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.written, term.writes
}

// Raw is everything the program has drawn so far.
func (term *Terminal) Raw() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.raw.String()
}

// Title is the terminal's title.
func (term *Terminal) Title() string { return term.title }

// Clipboard is what was last copied to the terminal's clipboard, in base64.
func (term *Terminal) Clipboard() string { return term.clip }

// Kill ends the program at once, as kill -9 does.
func (term *Terminal) Kill() {
	term.program.Kill()
	<-term.done
}

// Rings is how often the bell rang.
func (term *Terminal) Rings() int { return term.rings }

// Ended reports whether the program has ended.
func (term *Terminal) Ended() bool {
	select {
	case <-term.done:
		return true
	default:
		return false
	}
}

// Key is the message that a key sends, by its name: "j", "G", "enter", "ctrl+p".
func Key(name string) tea.KeyPressMsg {
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1,
	}
	key := tea.KeyPressMsg{}
	parts := strings.Split(name, "+")
	if name == "+" {
		parts = []string{"+"}
	}
	for _, mod := range parts[:len(parts)-1] {
		key.Mod |= map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}[mod]
	}
	last := parts[len(parts)-1]
	if code, ok := named[last]; ok {
		key.Code = code
		if last == "space" {
			key.Text = " "
		}
		return key
	}
	key.Code = []rune(last)[0]
	if key.Mod == 0 {
		key.Text = last
	}
	return key
}
