package outside

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"muster/state"
	"muster/state/tsp"
)

// TestStampAsks: an authority gets the request, and its address's secrets are not shown.
func TestStampAsks(t *testing.T) {
	var asked atomic.Int32
	server := web(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if user, password, _ := r.BasicAuth(); r.Method != http.MethodPost || r.Header.Get("Content-Type") != tsp.QueryType || user != "ada" || password != "hunter2" {
			t.Errorf("got %s by %s, %v", r.Method, user, r.Header)
		}
		if r.URL.Query().Get("token") == "no-such" {
			http.Error(w, hostile+"hunter2", http.StatusForbidden)
			return
		}
		w.Write([]byte("answer"))
	})
	live := &state.Incident{Mode: state.Live}
	reach := Reach{Live: Live{Prober: Prober{Proxy: noProxy, private: func(netip.Addr) bool { return false }}}}
	address := strings.Replace(server.URL, "//", "//ada:hunter2@", 1)
	_, err := reach.Stamp(t.Context(), live, address, []byte("request"))
	if private := (*state.PrivateError)(nil); !errors.As(err, &private) || asked.Load() != 0 {
		t.Errorf("a private address is asked: %v", err)
	}
	p := Prober{Proxy: noProxy, Allowed: func(string) bool { return true }}
	if answer, err := p.stamp(t.Context(), address, []byte("request")); err != nil || string(answer) != "answer" || asked.Load() != 1 {
		t.Errorf("%q, %v", answer, err)
	}
	_, err = p.stamp(t.Context(), address+"/?token=no-such", []byte("request"))
	if err == nil || !strings.Contains(err.Error(), "403 Forbidden") || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "no-such") || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("a refusal says %v", err)
	}
	if said := Address(address + "/?token=no-such"); strings.Contains(said, "hunter2") || strings.Contains(said, "no-such") {
		t.Errorf("it is shown as %s", said)
	}
	if _, err := reach.Stamp(t.Context(), &state.Incident{Mode: state.Drill}, address, nil); !errors.Is(err, ErrDrillStamp) || asked.Load() != 2 {
		t.Errorf("in a drill: %v, and %d came", err, asked.Load())
	}
	for _, bad := range []string{"", "example.org", "ftp://example.org/", "http://", "http://%zz", "file:///etc/passwd"} {
		if _, err := p.stamp(t.Context(), bad, nil); err == nil {
			t.Errorf("%q is asked", bad)
		}
	}
}
