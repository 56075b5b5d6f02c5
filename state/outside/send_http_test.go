package outside

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// path is a webhook's secret part.
const path = "/services/T0SECRET1/B0SECRET2/hunter2hunter2"

var secrets = []string{"T0SECRET1", "B0SECRET2", "hunter2"}

func message() Message {
	return Message{
		Title: "Holding statement", Text: "We are looking into it.\nNext update at 12:00.\n\n<all> & sundry",
		Audience: "members", Severity: runbooks.SEV1, IncidentID: "imo", DedupKey: "imo/holding",
		LogHead: state.Sum([]byte("head")),
	}
}

// pauses is a Sleep that notes what it was asked for and does not wait.
func pauses(into *[]time.Duration) func(context.Context, time.Duration) error {
	return func(ctx context.Context, pause time.Duration) error {
		*into = append(*into, pause)
		return ctx.Err()
	}
}

// mustFail sends, and returns the error after looking at it from every side.
func mustFail(t *testing.T, s *Sender, c Channel, m Message) *SendError {
	t.Helper()
	if s.Proxy == nil {
		s.Proxy = noProxy
	}
	receipt, err := s.Send(t.Context(), c, m)
	var failed *SendError
	if !errors.As(err, &failed) {
		t.Fatalf("got %+v, %v", receipt, err)
	}
	if receipt != (Receipt{}) {
		t.Errorf("a receipt of what failed: %+v", receipt)
	}
	mustBeSafe(t, failed.Error(), failed.Why)
	mustNotLeak(t, secrets, failed, err, c)
	return failed
}

func TestPayloads(t *testing.T) {
	head := state.Sum([]byte("head")).String()
	block := func(text, more string) string {
		return `{"type":"TextBlock","text":"` + text + `"` + more + `,"wrap":true}`
	}
	details := `{"title":"Holding statement","text":"We are looking into it.\nNext update at 12:00.\n\n<all> & sundry",
		"audience":"members","severity":"SEV1","incident":"imo","dedup_key":"imo/holding","log_head":"` + head + `"}`
	for _, c := range []struct {
		kind ChannelKind
		how  string
		want string
	}{
		{Slack, "slack webhook", `{"text":"We are looking into it.\nNext update at 12:00.\n\n&lt;all&gt; &amp; sundry"}`},
		{Mattermost, "mattermost webhook", `{"text":"We are looking into it.\nNext update at 12:00.\n\n<all> & sundry"}`},
		{Webhook, "webhook", details},
		{PagerDuty, "pagerduty event", `{"routing_key":"hunter2","event_action":"trigger","dedup_key":"imo/holding",
			"payload":{"summary":"Holding statement","source":"imo","severity":"critical","custom_details":` + details + `}}`},
		{Teams, "teams webhook", `{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive",
			"contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard",
			"version":"1.4","body":[` + block("Holding statement", `,"weight":"Bolder"`) + "," + block("We are looking into it.", "") +
			"," + block("Next update at 12:00.", `,"spacing":"None"`) + "," + block("<all> & sundry", "") + `]}}]}`},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			var got any
			server := webTLS(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodPost || r.URL.Path != path || r.Header.Get("Content-Type") != "application/json" {
					t.Errorf("got %s %s, %v", r.Method, r.URL, r.Header)
				}
				if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
					t.Error(err)
				}
				fmt.Fprint(w, "ok "+hostile+path)
			})
			sender := &Sender{Proxy: noProxy, Roots: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
			channel := Channel{Name: "ops", Kind: c.kind, URL: NewSecret(server.URL + path), RoutingKey: NewSecret("hunter2")}
			receipt, err := sender.Send(t.Context(), channel, message())
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
			if receipt.Channel != "ops" || receipt.How != c.how || receipt.Attempts != 1 || receipt.Simulated || receipt.To != "" {
				t.Errorf("the receipt is %+v", receipt)
			}
			if !strings.HasPrefix(receipt.Answer, "ok ␛]52") {
				t.Errorf("the answer is %q", receipt.Answer)
			}
			mustBeSafe(t, receipt.Answer)
			mustNotLeak(t, secrets, receipt)
		})
	}
}

func TestPagerDutyEdges(t *testing.T) {
	m := Message{Text: "first\nsecond", Severity: "SEV9", DedupKey: strings.Repeat("k", 300)}
	got := event(Channel{}, m)
	if got.Payload.Summary != "first" || got.Payload.Severity != "warning" || got.Payload.Source != "muster" || len(got.DedupKey) != 255 {
		t.Errorf("got %+v", got)
	}
	if (Channel{Kind: PagerDuty}).endpoint() != pagerDutyURL {
		t.Error("PagerDuty's own endpoint is not the default")
	}
}

// An answer is one that a server gives.
type answer struct {
	status int
	header string // of Retry-After
	body   string
}

func TestRetries(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in20s := now.Add(20 * time.Second).Format(http.TimeFormat)
	s := time.Second
	for _, c := range []struct {
		name    string
		answers []answer
		pauses  []time.Duration
		why     string // "" for success
		maybe   bool
	}{
		{"accepted", []answer{{202, "", ""}}, nil, "", false},
		{"a bad gateway, once", []answer{{502, "", ""}, {200, "", ""}}, []time.Duration{s}, "", false},
		{"down, twice", []answer{{500, "", ""}, {503, "7", ""}, {200, "", ""}}, []time.Duration{s, 7 * s}, "", false},
		{"down", []answer{{500, "", ""}, {500, "", ""}, {500, "", "broken"}}, []time.Duration{s, 2 * s},
			"the answer was 500 Internal Server Error: broken", false},
		{"down behind a gateway", []answer{{504, "", ""}, {504, "", ""}, {504, "", ""}}, []time.Duration{s, 2 * s},
			"the answer was 504 Gateway Timeout", true},
		{"too many", []answer{{429, "3", ""}, {429, in20s, ""}, {200, "", ""}}, []time.Duration{3 * s, 20 * s}, "", false},
		{"far too many", []answer{{429, "120", "later"}}, nil, "429 Too Many Requests, and to wait 2m0s", false},
		{"absurdly many", []answer{{429, "99999999999999999999", ""}, {200, "", ""}}, []time.Duration{s}, "", false},
		{"a pause in the past", []answer{{503, "Fri, 02 Jan 2026 03:04:04 GMT", ""}, {200, "", ""}}, []time.Duration{s}, "", false},
		{"unknown", []answer{{404, "", "no_service"}}, nil, "the answer was 404 Not Found: no_service", false},
		{"refused", []answer{{400, "", "invalid " + path + hostile}}, nil, "400 Bad Request: invalid •••␛", false},
		{"nonsense", []answer{{799, "", ""}, {799, "", ""}, {799, "", ""}}, []time.Duration{s, 2 * s}, "the answer was 799", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked atomic.Int32
			server := web(t, func(w http.ResponseWriter, r *http.Request) {
				a := c.answers[min(int(asked.Add(1)), len(c.answers))-1]
				if a.header != "" {
					w.Header().Set("Retry-After", a.header)
				}
				w.WriteHeader(a.status)
				fmt.Fprint(w, a.body)
			})
			var paused []time.Duration
			sender := &Sender{Proxy: noProxy, Sleep: pauses(&paused), Now: func() time.Time { return now }}
			channel := Channel{Name: "ops", Kind: Slack, URL: NewSecret(server.URL + path)}
			if c.why == "" {
				receipt, err := sender.Send(t.Context(), channel, message())
				if err != nil || receipt.Attempts != len(c.answers) {
					t.Errorf("got %+v, %v", receipt, err)
				}
			} else if failed := mustFail(t, sender, channel, message()); !strings.Contains(failed.Why, c.why) || failed.Maybe != c.maybe {
				t.Errorf("got %+v; want %q, %v", failed, c.why, c.maybe)
			}
			if int(asked.Load()) != len(c.answers) || !reflect.DeepEqual(paused, c.pauses) {
				t.Errorf("asked %d times, paused %v", asked.Load(), paused)
			}
		})
	}
}

// The receiver comes up while the sender waits.
func TestRetryAfterNoConnection(t *testing.T) {
	address := closed(t)
	var server *httptest.Server
	defer func() {
		if server != nil {
			server.Close()
		}
	}()
	sender := &Sender{Proxy: noProxy, Sleep: func(context.Context, time.Duration) error {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Skip("the port is taken")
		}
		server = httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		server.Listener.Close()
		server.Listener = listener
		server.Start()
		return nil
	}}
	receipt, err := sender.Send(t.Context(), Channel{Name: "ops", Kind: Webhook, URL: NewSecret("http://" + address)}, message())
	if err != nil || receipt.Attempts != 2 {
		t.Errorf("got %+v, %v", receipt, err)
	}
}

// Receivers that mean harm, or are broken.
func TestWebhookHostile(t *testing.T) {
	elsewhere, came := raw(t, drain)
	for _, c := range []struct {
		name  string
		serve func(net.Conn)
		why   string
		maybe bool
		tries int32
	}{
		{"says nothing", drain, "no answer in time", true, 1},
		{"breaks off", func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1)) }, "", true, 1},
		{"echoes the URL", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 "+path+hostile+"\r\n\r\n")
			drain(conn)
		}, "not proper HTTP", true, 1},
		{"redirects", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 307 "+hostile+"\r\nLocation: http://"+elsewhere+path+"\r\nContent-Length: 0\r\n\r\n")
			drain(conn)
		}, "307 Temporary Redirect: it points elsewhere", false, 1},
		{"redirects a GET", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 303 See Other\r\nLocation: http://"+elsewhere+path+"\r\nContent-Length: 0\r\n\r\n")
			drain(conn)
		}, "303 See Other: it points elsewhere", false, 1},
		{"never ends its headers", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nX: 1\r\n")
			drain(conn)
		}, "no answer in time", true, 1},
		{"floods an error", func(conn net.Conn) {
			_, err := io.WriteString(conn, "HTTP/1.1 400 Bad\r\n\r\n")
			for n := 0; err == nil && n < 100<<20; n += 64 << 10 {
				_, err = io.WriteString(conn, strings.Repeat("\x1b", 64<<10))
			}
			if err == nil {
				t.Error("all of 100 MB was taken")
			}
		}, "400 Bad Request: ␛␛", false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, tries := raw(t, c.serve)
			channel := Channel{Name: "ops", Kind: Webhook, Timeout: short, URL: NewSecret("http://" + address + path)}
			if c.name == "floods an error" {
				channel.Timeout = 0
			}
			failed := mustFail(t, &Sender{}, channel, message())
			if !strings.Contains(failed.Why, c.why) || failed.Maybe != c.maybe || tries.Load() != c.tries {
				t.Errorf("got %+v after %d; want %q, %v after %d", failed, tries.Load(), c.why, c.maybe, c.tries)
			}
		})
	}
	if came.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

func TestWebhookUntrusted(t *testing.T) {
	server := webTLS(t, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	channel := Channel{Name: "ops", Kind: Slack, URL: NewSecret(server.URL + path)}
	if failed := mustFail(t, &Sender{}, channel, message()); !strings.Contains(failed.Why, "nobody this machine trusts") || failed.Maybe {
		t.Errorf("got %+v", failed)
	}
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	channel.URL = NewSecret(strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + path)
	if failed := mustFail(t, &Sender{Roots: roots}, channel, message()); !strings.Contains(failed.Why, "not for localhost") {
		t.Errorf("got %+v", failed)
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	address, tries := raw(t, drain)
	channel := Channel{Name: "ops", Kind: Slack, URL: NewSecret("http://" + address)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for patience := short; patience < time.Minute && tries.Load() == 0; patience *= 2 { // a busy machine comes there late
		ctx, cancel = context.WithTimeout(t.Context(), patience)
		defer cancel()
		if _, err := (&Sender{Proxy: noProxy}).Send(ctx, channel, message()); err == nil {
			t.Error("sent to who never answers")
		}
	}
	if tries.Load() != 1 {
		t.Errorf("%d tries", tries.Load())
	}
	channel.URL = NewSecret("http://" + closed(t))
	if _, err := (&Sender{Proxy: noProxy}).Send(ctx, channel, message()); err == nil {
		t.Error("sent")
	}
	if err := (&Sender{}).wait(ctx, time.Hour, 1); err == nil {
		t.Error("waited")
	}
}

func TestWebhookThroughProxy(t *testing.T) {
	var asked string
	proxy := web(t, func(_ http.ResponseWriter, r *http.Request) { asked = r.URL.String() })
	sender := &Sender{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }}
	channel := Channel{Name: "ops", Kind: Webhook, URL: NewSecret("http://hook.example" + path)}
	if _, err := sender.Send(t.Context(), channel, message()); err != nil || asked != "http://hook.example"+path {
		t.Errorf("asked for %q, %v", asked, err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&Sender{}).wait(ctx, time.Hour, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := (&Sender{}).wait(t.Context(), time.Nanosecond, 1); err != nil {
		t.Errorf("got %v", err)
	}
}
