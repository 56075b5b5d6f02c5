package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"muster/runbooks"
	"muster/state"
)

var _ = []World{&Live{}, &Drill{}}

func TestLiveLearnsNothing(t *testing.T) {
	address, _ := raw(t, drain)
	live := &Live{Prober: Prober{Proxy: noProxy}}
	if _, err := live.Check(t.Context(), "website", runbooks.Check{Expect: 200}); !errors.Is(err, ErrNoCheck) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	// It is the caller who gives up, and not the service that fails.
	if seen, err := live.Check(ctx, "website", runbooks.Check{URL: "http://" + address}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v, %v", seen, err)
	}
	live.Prober.Timeout = short
	if seen, err := live.Check(t.Context(), "website", runbooks.Check{URL: "http://" + address}); err != nil || seen.OK {
		t.Errorf("got %+v, %v", seen, err)
	}
}

func TestLiveSends(t *testing.T) {
	server := web(t, func(http.ResponseWriter, *http.Request) {})
	live := &Live{Sender: Sender{Proxy: noProxy}}
	channel := Channel{Name: "ops", Kind: Webhook, URL: NewSecret(server.URL)}
	if receipt, err := live.Send(t.Context(), channel, message()); err != nil || receipt.Simulated {
		t.Errorf("got %+v, %v", receipt, err)
	}
	m := message()
	m.Exercise = true
	if _, err := live.Send(t.Context(), channel, m); err == nil {
		t.Error("an exercise was sent")
	}
}

// forbidNetwork makes every way out that Go offers by default fail the test. Test
// functions that use it must not run beside others.
func forbidNetwork(t *testing.T) {
	t.Helper()
	dial := func(_ context.Context, network, address string) (net.Conn, error) {
		t.Errorf("dialled %s %s", network, address)
		return nil, net.ErrClosed
	}
	oldTransport, oldResolver, oldClient := http.DefaultTransport, net.DefaultResolver, http.DefaultClient
	http.DefaultTransport = &http.Transport{DialContext: dial}
	http.DefaultClient = &http.Client{Transport: http.DefaultTransport}
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: dial}
	t.Cleanup(func() {
		http.DefaultTransport, net.DefaultResolver, http.DefaultClient = oldTransport, oldResolver, oldClient
	})
}

func TestDrillOpensNoSocket(t *testing.T) {
	forbidNetwork(t)
	address, came := raw(t, drain)
	host, _, _ := net.SplitHostPort(address)
	drill := &Drill{Answer: func(service string) (Answer, bool) {
		return Answer{OK: service == "up", Detail: "503" + hostile + "hunter2"}, service != "silent"
	}}
	for _, check := range []runbooks.Check{
		{URL: "http://u:hunter2@" + address + "/?k=hunter2"}, {URL: "https://public.example"}, {TCP: address},
		{TCP: "public.example:25"}, {DNS: "public.example"}, {},
	} {
		for _, service := range []string{"up", "down"} {
			seen, err := drill.Check(t.Context(), service, check)
			if err != nil || seen.OK != (service == "up") || !seen.Simulated || seen.Service != service || seen.Millis != 0 {
				t.Errorf("got %+v, %v", seen, err)
			}
			mustBeSafe(t, seen.What, seen.Detail)
			if check.URL != "" && strings.Contains(check.URL, "hunter2") {
				mustNotLeak(t, []string{"hunter2"}, seen)
			}
		}
		if seen, err := drill.Check(t.Context(), "silent", check); !errors.Is(err, ErrNoAnswer) || seen != (state.RecordCheck{}) {
			t.Errorf("got %+v, %v", seen, err)
		}
		if _, err := new(Drill).Check(t.Context(), "up", check); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("got %v", err)
		}
	}
	for _, kind := range ChannelKinds() {
		m := message()
		m.Exercise = true
		channel := Channel{
			Name: "ops", Kind: kind, URL: NewSecret("http://" + address + path), RoutingKey: NewSecret("hunter2"),
			Host: host, From: "a@x.example", To: []string{"b@x.example"},
		}
		receipt, err := drill.Send(t.Context(), channel, m)
		if err != nil || !receipt.Simulated || receipt.Attempts != 0 || receipt.How == "" {
			t.Errorf("got %+v, %v", receipt, err)
		}
		mustNotLeak(t, secrets, receipt)
		if _, err := drill.Send(t.Context(), Channel{Name: "ops", Kind: kind}, m); err == nil {
			t.Errorf("%s: a channel without settings was taken", kind)
		}
	}
	if came.Load() != 0 {
		t.Error("somebody was asked")
	}
}

func TestDrillEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	drill := &Drill{Answer: func(string) (Answer, bool) { return Answer{OK: true}, true }}
	if _, err := drill.Check(ctx, "up", runbooks.Check{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := drill.Send(ctx, Channel{}, message()); err == nil {
		t.Error("sent")
	}
}

// crowd is a world that counts how many look at once.
type crowd struct {
	*Drill
	now, most atomic.Int32
	meet      chan struct{} // closed once two look at once
}

func (c *crowd) Check(_ context.Context, service string, _ runbooks.Check) (state.RecordCheck, error) {
	if now := c.now.Add(1); now > c.most.Load() {
		if c.most.Store(now); now == 2 {
			close(c.meet)
		}
	}
	if c.meet != nil {
		<-c.meet
	}
	c.now.Add(-1)
	return state.RecordCheck{Service: service}, nil
}

func TestCheckAll(t *testing.T) {
	targets := make([]Target, 20)
	for i := range targets {
		targets[i].Service = string(rune('a' + i))
	}
	world := &crowd{meet: make(chan struct{})}
	var seen []string
	CheckAll(t.Context(), world, targets, 2, func(target Target, check state.RecordCheck, err error) {
		if err != nil || check.Service != target.Service {
			t.Errorf("got %+v, %v", check, err)
		}
		seen = append(seen, target.Service)
	})
	slices.Sort(seen)
	if strings.Join(seen, "") != "abcdefghijklmnopqrst" || world.most.Load() != 2 {
		t.Errorf("saw %v, %d at once", seen, world.most.Load())
	}
	CheckAll(t.Context(), world, nil, 0, func(Target, state.RecordCheck, error) { t.Error("saw something") })
}

func TestCheckAllEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	count := 0
	CheckAll(ctx, &Drill{}, make([]Target, 50), 1, func(_ Target, _ state.RecordCheck, err error) {
		if err == nil {
			t.Error("no error")
		}
		count++
		cancel()
	})
	if count == 0 || count > 2 {
		t.Errorf("%d looks", count)
	}
}

// Several services, one of which hangs, over real sockets.
func TestCheckAllLive(t *testing.T) {
	hang, _ := raw(t, drain)
	up := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer up.Close()
	live := &Live{Prober: Prober{Proxy: noProxy, Timeout: 4 * short}}
	got := map[string]bool{}
	CheckAll(t.Context(), live, []Target{
		{"website", runbooks.Check{URL: up.URL}}, {"gisis", runbooks.Check{URL: "http://" + hang}}, {"mail", runbooks.Check{TCP: closed(t)}},
	}, 4, func(target Target, seen state.RecordCheck, err error) {
		if err != nil {
			t.Error(err)
		}
		got[target.Service] = seen.OK
	})
	if len(got) != 3 || !got["website"] || got["gisis"] || got["mail"] {
		t.Errorf("got %v", got)
	}
}
