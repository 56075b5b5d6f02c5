package tui_test

import (
	"context"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/colorprofile"

	"muster/tui"
)

// A shaped line is a bad one: what is written on it takes its time by its length, then half
// a round trip, and now and then a lost packet is sent again. What follows waits for it.
type shaped struct {
	mu     sync.Mutex
	chance *rand.Rand
	free   time.Time // when the next byte can be sent
	seen   time.Time // when the last one was seen
	bytes  int
	lost   bool
}

const (
	roundTrip   = 300 * time.Millisecond
	bytesSecond = 64_000 / 8
	packet      = 1400
	oneIn       = 100 // packets is lost
)

// Write implements io.Writer: a terminal's buffer takes it at once.
func (l *shaped) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for rest := len(p); rest > 0; rest -= packet {
		n := min(rest, packet)
		if now := time.Now(); l.free.Before(now) {
			l.free = now
		}
		l.free = l.free.Add(time.Duration(n) * time.Second / bytesSecond)
		at := l.free.Add(roundTrip / 2)
		if l.chance.IntN(oneIn) == 0 {
			at, l.lost = at.Add(roundTrip), true
		}
		if at.After(l.seen) {
			l.seen = at
		}
		l.bytes += n
	}
	return len(p), nil
}

// took tells when the last byte is seen, how many there were since it was asked last, and
// whether one of them was lost.
func (l *shaped) took() (seen time.Time, n int, lost bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen, n, lost = l.seen, l.bytes, l.lost
	l.bytes, l.lost = 0, false
	return seen, n, lost
}

// TestBadLine: over a line of 300 ms, 64 kbit/s and a lost packet in a hundred, the first
// screen is small, and a key is seen within the round trip and 10 ms, but for what is lost.
func TestBadLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		app, err := tui.NewIncident(t.Context(), desk, desk.Adopt(bigIncident(t, 200, 300)), false, tui.Options{Person: "Ada", Now: desk.Now, SSH: true})
		if err != nil {
			t.Fatal(err)
		}
		keys, hand := io.Pipe()
		line := &shaped{chance: rand.New(rand.NewPCG(7, 7))}
		ctx, cancel := context.WithCancel(t.Context())
		program := tui.NewProgram(ctx, app, tui.Terminal{In: keys, Out: line, Width: 80, Height: 24,
			Profile: colorprofile.ANSI256, Environ: []string{"TERM=xterm-256color", "SSH_TTY=/dev/pts/0"}})
		ended := make(chan struct{})
		go func() { defer close(ended); _ = program.Run() }()
		time.Sleep(time.Second)
		synctest.Wait()
		if _, n, _ := line.took(); n > 4096 {
			t.Errorf("the first screen takes %d bytes", n)
		}
		var waits []time.Duration
		sent, losses := 0, 0
		for i := range 200 {
			time.Sleep(370 * time.Millisecond) // a hand, and not in step with the clock's seconds
			synctest.Wait()
			line.took()
			pressed := time.Now()
			time.Sleep(roundTrip / 2)
			_, _ = hand.Write([]byte([]string{"j", "j", "k", "k"}[i%4]))
			synctest.Wait()
			seen, n, lost := line.took()
			if n == 0 { // a frame was drawn just before, and this one waits its turn
				time.Sleep(40 * time.Millisecond)
				synctest.Wait()
				seen, n, lost = line.took()
			}
			sent += n
			switch wait := seen.Sub(pressed); {
			case lost:
				losses++
			case n == 0:
				t.Errorf("key %d is not seen", i)
			default:
				waits = append(waits, wait)
			}
		}
		slices.Sort(waits)
		t.Logf("a key is seen after %v at the middle, %v at most; %d of 200 were lost; %d bytes each", waits[len(waits)/2], waits[len(waits)-1], losses, sent/200)
		if most := waits[len(waits)*99/100]; most > roundTrip+10*time.Millisecond {
			t.Errorf("a key is seen after %v", most)
		}
		cancel()
		program.Kill()
		<-ended
		_ = hand.Close()
		time.Sleep(3 * time.Second) // fake: leaked ticks end
	})
}
