package outside

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// post makes one attempt over HTTP.
func (s *Sender) post(ctx context.Context, channel Channel, message Message) outcome {
	u, err := url.Parse(channel.endpoint())
	if err != nil {
		return outcome{why: "url cannot be read"}
	}
	body, err := payload(channel, message)
	if err != nil {
		return outcome{why: "the message cannot be written as JSON: " + err.Error()}
	}
	d := net.Dialer{Resolver: s.Resolver}
	line := &wire{
		tls:   &tls.Config{RootCAs: s.Roots, Time: s.now, MinVersion: tls.VersionTLS12},
		proxy: orEnvironment(s.Proxy),
		dial: func(ctx context.Context, address string, _ bool) (net.Conn, error) {
			return d.DialContext(ctx, "tcp", address)
		},
	}
	follow := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := &http.Client{Transport: line, CheckRedirect: follow}
	resp, err := client.Do(requestTo(ctx, u, "application/json", body))
	if err != nil {
		return outcome{why: why(err), again: !line.sent && !permanent(err), maybe: line.sent}
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // the status has decided
	return s.read(resp, told(string(answer), channel.secrets()))
}

// permanent reports whether another attempt would fail alike: a certificate that
// is not trusted.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate)
}

// read says what an answer means, of which what it said is fit to be shown.
func (s *Sender) read(resp *http.Response, answer string) outcome {
	code := resp.StatusCode
	if code >= 200 && code < 300 {
		return outcome{answer: answer}
	}
	got := outcome{why: "the answer was " + status(code)}
	switch {
	case code >= 300 && code < 400:
		got.why += ": it points elsewhere, and that is not followed; set url to where it points"
		return got
	case code == http.StatusTooManyRequests || code >= 500:
		got.again = true
		got.maybe = code == http.StatusBadGateway || code == http.StatusGatewayTimeout
		got.pause = s.asked(resp.Header.Get("Retry-After"))
	}
	if answer != "" {
		got.why += ": " + answer
	}
	if got.pause > maxSend {
		got.again = false
		got.why = fmt.Sprintf("the answer was %s, and to wait %s", status(code), got.pause.Round(time.Second))
	}
	return got
}

// asked is the pause that a Retry-After header asks for; 0 if none.
func (s *Sender) asked(header string) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(s.now()))
	}
	return 0
}
