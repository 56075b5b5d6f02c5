package tui_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"muster/tui"
)

// A plain model is what Bubble Tea alone makes of a list on the whole terminal.
type plain struct{ w, h, at int }

func (p plain) Init() tea.Cmd { return nil }

func (p plain) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if p.at = (p.at + 1) % max(1, p.h); msg.String() == "k" {
			p.at = (p.at + p.h - 2) % max(1, p.h)
		}
	}
	return p, nil
}

func (p plain) View() tea.View {
	rows := make([]string, p.h)
	for y := range rows {
		row := fmt.Sprintf("  %d Look at machine %d │ what there is to say about it", y, y)
		if y == p.at {
			row = "\x1b[48;5;17m▌" + row[1:] + "\x1b[m"
		}
		rows[y] = row
	}
	view := tea.NewView(strings.Join(rows, "\n"))
	view.AltScreen = true
	return view
}

// A watch tells when something was written.
type watch chan time.Time

// Write implements io.Writer.
func (w watch) Write(p []byte) (int, error) {
	select {
	case w <- time.Now():
	default:
	}
	return len(p), nil
}

// drain forgets what was written, once nothing has been for a while.
func (w watch) drain(quiet time.Duration) {
	for {
		select {
		case <-w:
		case <-time.After(quiet):
			return
		}
	}
}

// BenchmarkKeyToFrame tells how long a key takes until something is written, at the middle
// and of a hundred the slowest; and what Bubble Tea by itself takes for a screen of that
// size. It runs in real time: what else the machine does is in it.
func BenchmarkKeyToFrame(b *testing.B) {
	size := tea.WindowSizeMsg{Width: 200, Height: 60}
	env := []string{"TERM=xterm-256color"}
	b.Run("muster", func(b *testing.B) {
		keys, hand := io.Pipe()
		out := make(watch, 100)
		program := tui.NewProgram(b.Context(), bigApp(b, 5000, 20_000, size.Width, size.Height), tui.Terminal{In: keys, Out: out,
			Width: size.Width, Height: size.Height, Profile: colorprofile.TrueColor, Environ: env})
		typed(b, program.Run, hand, out)
	})
	b.Run("bubbletea", func(b *testing.B) {
		keys, hand := io.Pipe()
		out := make(watch, 100)
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		program := tea.NewProgram(plain{}, tea.WithContext(ctx), tea.WithInput(keys), tea.WithOutput(out), tea.WithWindowSize(size.Width, size.Height),
			tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment(env), tea.WithoutSignalHandler())
		typed(b, func() error { _, err := program.Run(); return err }, hand, out)
	})
}

// typed runs a program and presses keys, as a hand does.
func typed(b *testing.B, run func() error, hand io.WriteCloser, out watch) {
	go func() { _ = run() }()
	out.drain(500 * time.Millisecond)
	var waits []time.Duration
	for i := range 300 {
		time.Sleep(20*time.Millisecond + time.Duration(rand.IntN(30))*time.Millisecond)
		out.drain(10 * time.Millisecond)
		pressed := time.Now()
		_, _ = hand.Write([]byte([]string{"j", "j", "j", "k"}[i%4]))
		select {
		case at := <-out:
			waits = append(waits, at.Sub(pressed))
		case <-time.After(time.Second):
			b.Fatalf("key %d is not seen", i)
		}
	}
	slices.Sort(waits)
	for name, at := range map[string]int{"p50-ms": 50, "p99-ms": 99} {
		b.ReportMetric(float64(waits[len(waits)*at/100].Microseconds())/1000, name)
	}
	b.ReportMetric(0, "ns/op")
}
