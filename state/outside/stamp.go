package outside

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/tsp"
)

// maxStamp is how long an authority may take to stamp.
const maxStamp = 30 * time.Second

// ErrDrillStamp says that nothing is sent in a drill.
var ErrDrillStamp = errors.New("this is a drill, and a drill sends nothing out: no authority was asked")

// Stamp sends a request to a time-stamping authority, by RFC 3161 over HTTP, and returns
// what it answers, of which only the length is bounded. It follows no redirect. Of a
// private address nothing is asked that the incident does not allow: then the error is a
// *[state.PrivateError]. In a drill it is [ErrDrillStamp].
func (r *Reach) Stamp(ctx context.Context, inc *state.Incident, authority string, request []byte) ([]byte, error) {
	if inc.Mode == state.Drill {
		return nil, ErrDrillStamp
	}
	live := r.Live
	live.Prober.Allowed = inc.Allows
	return live.Prober.stamp(ctx, authority, request)
}

func (p *Prober) stamp(ctx context.Context, authority string, request []byte) ([]byte, error) {
	u, err := url.Parse(authority)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("an authority is named by an http or https address")
	}
	if target := state.TargetOf(runbooks.Check{URL: authority}); target.Private && !p.guard().allows(target.Address) {
		return nil, &state.PrivateError{Target: target.Address}
	}
	ctx, cancel := context.WithTimeout(ctx, maxStamp)
	defer cancel()
	client := p.client(http.StatusOK)
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(requestTo(ctx, u, tsp.QueryType, request))
	if err != nil {
		return nil, p.unasked(u, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text := "the answer was " + status(resp.StatusCode)
		if resp.StatusCode >= 300 && resp.StatusCode < 400 {
			text += ": it points elsewhere, and that is not followed; give the address it points to"
		}
		return nil, fmt.Errorf("%s: %s", shown(u), text)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, tsp.MaxAnswer+1))
	switch {
	case len(answer) > tsp.MaxAnswer:
		return nil, fmt.Errorf("%s: the answer has more than %d bytes, and no time stamp has", shown(u), tsp.MaxAnswer)
	case err != nil:
		return nil, fmt.Errorf("%s: the answer broke off: %s", shown(u), whyBroken(err))
	}
	return answer, nil
}

// unasked says why an authority could not be asked.
func (p *Prober) unasked(u *url.URL, err error) error {
	if private := (*state.PrivateError)(nil); errors.As(err, &private) {
		return private
	}
	if noRoute(err) && p.isAlone() {
		return errors.New("this machine has no network")
	}
	return fmt.Errorf("%s: %s", shown(u), say(why(err), maxDetail, spellings(secretsOf(u)...)))
}

// Address is an address as it may be shown: without user name, password and what stands in
// its query.
func Address(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "an address that cannot be read"
	}
	return say(shown(u), maxWhat, nil)
}
