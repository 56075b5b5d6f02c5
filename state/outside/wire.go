package outside

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	maxHead = 128 << 10   // bytes read up to the end of the headers, TLS included
	maxRest = 4 * maxBody // bytes read after them, for a body of maxBody in chunks
)

// A wire carries each HTTP request over a connection of its own. http.Transport is
// not used, because it reads in the background: what a server says before it is
// asked, Transport writes to the standard log, and that is onto the screen.
type wire struct {
	dial  func(ctx context.Context, address string, isProxy bool) (net.Conn, error)
	proxy func(*http.Request) (*url.URL, error)
	tls   *tls.Config
	sent  bool // a request was begun to be written
}

var (
	errTooMuch = errors.New("the server said more than anybody needs to")
	errHungUp  = errors.New("the server hung up without an answer")
	errNotHTTP = errors.New("the answer is not proper HTTP")
	errProxy   = errors.New("the proxy that the environment names cannot be used: it must be http://host:port or https://host:port")
)

// RoundTrip makes one request. It ends when the request's context does.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	var conn net.Conn
	stop := func() bool { return true }
	resp, err := func() (*http.Response, error) {
		raw, proxy, err := w.reach(ctx, r)
		if err != nil {
			return nil, err
		}
		conn, stop = raw, context.AfterFunc(ctx, func() { raw.Close() })
		return w.exchange(ctx, raw, proxy, r)
	}()
	if err == nil {
		resp.Body = &wireBody{ctx, resp.Body, conn, stop}
		return resp, nil
	}
	stop()
	if conn != nil {
		conn.Close()
	}
	if ctx.Err() != nil {
		err = ctx.Err() // and not that the connection was closed for it
	}
	return nil, err
}

// reach connects to where a request goes, or to the proxy for it; proxy is nil
// without one.
func (w *wire) reach(ctx context.Context, r *http.Request) (conn *boundedConn, proxy *url.URL, err error) {
	proxy, err = w.proxy(r)
	if err != nil || proxy != nil && proxy.Scheme != "http" && proxy.Scheme != "https" {
		return nil, nil, errProxy // and not err, which may repeat a password
	}
	to := r.URL
	if proxy != nil {
		to = proxy
	}
	raw, err := w.dial(ctx, hostPort(to), proxy != nil)
	if err != nil {
		return nil, nil, err
	}
	return &boundedConn{Conn: raw, left: maxHead}, proxy, nil
}

// exchange asks over a connection and reads the head of the answer.
func (w *wire) exchange(ctx context.Context, raw *boundedConn, proxy *url.URL, r *http.Request) (*http.Response, error) {
	conn, err := w.secure(ctx, raw, proxy, r.URL)
	if err != nil {
		return nil, err
	}
	ask := r.WithContext(ctx)
	ask.Close = true
	write := ask.Write
	if proxy != nil && r.URL.Scheme == "http" {
		ask.Header = r.Header.Clone()
		authorize(ask.Header, proxy)
		write = ask.WriteProxy
	}
	w.sent = true
	var network net.Error
	if err := write(conn); err != nil && !errors.As(err, &network) {
		return nil, err
	} // else a server may have answered before it read everything
	resp, err := readHead(bufio.NewReader(conn), r)
	if err == errNotHTTP && raw.left == 0 {
		err = errTooMuch // it was cut off
	}
	if err != nil {
		return nil, err
	}
	if secured, ok := conn.(*tls.Conn); ok && r.URL.Scheme == "https" {
		seen := secured.ConnectionState()
		resp.TLS = &seen
	}
	raw.left = maxRest
	return resp, nil
}

// secure puts TLS on a connection where a URL asks for it, after a tunnel through
// the proxy if there is one.
func (w *wire) secure(ctx context.Context, conn net.Conn, proxy, to *url.URL) (net.Conn, error) {
	var err error
	if proxy != nil && proxy.Scheme == "https" {
		if conn, err = w.handshake(ctx, conn, proxy.Hostname()); err != nil {
			return nil, err
		}
	}
	if to.Scheme != "https" {
		return conn, nil
	}
	if proxy != nil {
		if err := tunnel(conn, proxy, hostPort(to)); err != nil {
			return nil, err
		}
	}
	return w.handshake(ctx, conn, to.Hostname())
}

func (w *wire) handshake(ctx context.Context, conn net.Conn, host string) (net.Conn, error) {
	config := w.tls.Clone()
	config.ServerName = host
	secured := tls.Client(conn, config)
	return secured, secured.HandshakeContext(ctx)
}

// tunnel asks a proxy to connect to target, host:port.
func tunnel(conn net.Conn, proxy *url.URL, target string) error {
	r := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: target}, Host: target, Header: http.Header{}}
	authorize(r.Header, proxy)
	if err := r.Write(conn); err != nil {
		return err
	}
	resp, err := readHead(bufio.NewReader(conn), r)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy answered %s", status(resp.StatusCode))
	}
	return nil
}

// authorize names the user that a proxy's URL names.
func authorize(header http.Header, proxy *url.URL) {
	if proxy.User == nil {
		return
	}
	password, _ := proxy.User.Password()
	basic := &http.Request{Header: http.Header{}}
	basic.SetBasicAuth(proxy.User.Username(), password)
	header.Set("Proxy-Authorization", basic.Header.Get("Authorization"))
}

// readHead reads an answer up to its body, past those that only say to wait.
func readHead(in *bufio.Reader, r *http.Request) (*http.Response, error) {
	for {
		resp, err := http.ReadResponse(in, r)
		var network net.Error
		switch {
		case errors.As(err, &network), errors.Is(err, errTooMuch):
			return nil, err
		case errors.Is(err, io.ErrUnexpectedEOF):
			return nil, errHungUp
		case err != nil: // which repeats what the server said
			return nil, errNotHTTP
		}
		if resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			return resp, nil
		}
	}
}

// A wireBody is a body that closes its connection, without reading what is left.
type wireBody struct {
	ctx  context.Context // of the request, which a body belongs to
	in   io.Reader
	conn net.Conn
	stop func() bool
}

func (b *wireBody) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if err != nil && err != io.EOF && b.ctx.Err() != nil {
		err = b.ctx.Err() // and not that the connection was closed for it
	}
	return n, err
}

func (b *wireBody) Close() error {
	b.stop()
	return b.conn.Close()
}

// A boundedConn reads no more than a number of bytes.
type boundedConn struct {
	net.Conn
	left int
}

func (c *boundedConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooMuch
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// hostPort is where a URL leads, host:port in lower case.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return strings.ToLower(net.JoinHostPort(u.Hostname(), port))
}
