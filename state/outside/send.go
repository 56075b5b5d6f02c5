package outside

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"muster/state/clean"
)

const (
	maxAttempts = 3
	maxAnswer   = 64 << 10 // bytes read of an answer
)

// A Sender hands messages to channels. Its zero value is ready for use, and may be
// used by several goroutines at once.
type Sender struct {
	Roots    *x509.CertPool                        // whom to trust; nil: whom the system trusts
	Resolver *net.Resolver                         // nil: the system's
	Proxy    func(*http.Request) (*url.URL, error) // nil: http.ProxyFromEnvironment
	Now      func() time.Time                      // nil: time.Now

	// Sleep pauses before another attempt, or returns early with ctx's error. Nil
	// is a timer.
	Sleep func(ctx context.Context, pause time.Duration) error
}

// A Receipt says how a message went out.
type Receipt struct {
	Channel   string // its name
	How       string // slack webhook, mail …
	To        string // mail addresses, bounded; "" for a webhook, whose address is a secret
	Attempts  int    // 1 to 3; 0 in a drill
	Answer    string // what the other side said, bounded and clean; "" for nothing
	Simulated bool   // in a drill: nothing went out
}

// A SendError says why a message did not go out. It holds no secret.
type SendError struct {
	Channel string // its name
	Why     string // bounded and clean
	// Maybe says that the message may have arrived all the same. Look before
	// sending it again.
	Maybe bool
}

// Error names the channel, what went wrong and what to do.
func (e *SendError) Error() string {
	text := fmt.Sprintf("channel %q: %s", e.Channel, e.Why)
	if e.Maybe {
		text += ". The message may have arrived all the same: look there before sending it again"
	}
	return text
}

// failure is a *SendError for this channel.
func (c Channel) failure(why string) *SendError {
	name := clean.Line(clean.Bounded(c.Name, maxSubject))
	return &SendError{Channel: name, Why: say(why, maxDetail, c.secrets())}
}

// receipt is what can be said of a channel before it is used.
func (c Channel) receipt() Receipt {
	row, _ := c.Kind.row()
	return Receipt{
		Channel: clean.Line(clean.Bounded(c.Name, maxSubject)),
		How:     row.how,
		To:      say(strings.Join(c.To, ", "), maxDetail, nil),
	}
}

// An outcome is what came of one attempt.
type outcome struct {
	answer string        // of the other side, not yet clean
	why    string        // it failed; "" if it did not. Not yet clean
	again  bool          // another attempt may be made
	maybe  bool          // it may have arrived
	pause  time.Duration // asked for before another attempt; 0 if none was
}

// Send hands a message to a channel. It returns when the other side has taken it,
// or after at most 30 seconds, or when ctx ends. An error is a *[SendError].
func (s *Sender) Send(ctx context.Context, channel Channel, message Message) (Receipt, error) {
	if message.Exercise {
		return Receipt{}, channel.failure("this belongs to a drill, and a drill sends nothing out")
	}
	if err := channel.ready(message); err != nil {
		return Receipt{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxSend)
	defer cancel()
	receipt := channel.receipt()
	for {
		receipt.Attempts++
		got := s.attempt(ctx, channel, message)
		if got.why == "" {
			receipt.Answer = say(got.answer, maxDetail, channel.secrets())
			return receipt, nil
		}
		if !got.again || receipt.Attempts == maxAttempts || s.wait(ctx, got.pause, receipt.Attempts) != nil {
			err := channel.failure(got.why)
			err.Maybe = got.maybe
			return Receipt{}, err
		}
	}
}

// attempt tries once.
func (s *Sender) attempt(ctx context.Context, channel Channel, message Message) outcome {
	limit := channel.Timeout
	if limit == 0 {
		limit = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	row, ok := channel.Kind.row()
	if !ok {
		return outcome{why: "there is no such kind of channel"}
	}
	return row.attempt(s, ctx, channel, message)
}

var errNoTime = errors.New("no time is left for another attempt")

// wait pauses before another attempt: as long as was asked for, or 1 s, 2 s ….
func (s *Sender) wait(ctx context.Context, asked time.Duration, attempts int) error {
	pause := asked
	if pause == 0 {
		pause = time.Second << (attempts - 1)
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) < pause {
		return errNoTime
	}
	if s.Sleep != nil {
		return s.Sleep(ctx, pause)
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Sender) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}
