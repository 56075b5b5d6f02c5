package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

var _ = []World{&Live{}, &Drill{}}

func TestLiveLearnsNothing(t *testing.T) {
	address, _ := raw(t, drain)
	live := &Live{Prober: Prober{Proxy: noProxy, Allowed: all}}
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
