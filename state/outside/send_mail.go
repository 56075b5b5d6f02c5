package outside

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"slices"
	"strings"
)

// maxMailAnswers bounds what is read from a mail server in one attempt, TLS
// included. net/smtp itself would read a line of any length.
const maxMailAnswers = 128 << 10

// mail makes one attempt over SMTP. Either every recipient is accepted, or
// nothing is sent.
func (s *Sender) mail(ctx context.Context, channel Channel, message Message) outcome {
	text, err := s.compose(channel, message)
	if err != nil {
		return outcome{why: err.Error()}
	}
	d := net.Dialer{Resolver: s.Resolver}
	conn, err := d.DialContext(ctx, "tcp", channel.server())
	if err != nil {
		return outcome{why: "the mail server cannot be reached: " + why(err), again: true}
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	talk := &conversation{channel: channel, tls: &tls.Config{
		ServerName: channel.Host, RootCAs: s.Roots, Time: s.now, MinVersion: tls.VersionTLS12,
	}}
	if err := talk.send(&boundedConn{Conn: conn, left: maxMailAnswers}, text); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err() // and not that the connection was closed for it
		}
		return outcome{why: talk.at + ": " + told(why(err), channel.secrets()), maybe: talk.handedOver}
	}
	return outcome{answer: "accepted"}
}

// A conversation is one exchange with a mail server.
type conversation struct {
	channel    Channel
	tls        *tls.Config
	at         string // what is being done, for the error
	handedOver bool   // the message is written, its answer not yet read
}

func (t *conversation) send(conn net.Conn, text []byte) error {
	client, err := t.open(conn)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := t.logIn(client); err != nil {
		return err
	}
	if err := t.address(client); err != nil {
		return err
	}
	t.at = "handing over the message"
	body, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := body.Write(text); err != nil {
		return err
	}
	t.handedOver = true
	if err := body.Close(); err != nil {
		var refused *textproto.Error
		t.handedOver = !errors.As(err, &refused) // a refusal is an answer
		return err
	}
	_ = client.Quit() // it is accepted, however they part
	return nil
}

// open greets the server and sees to TLS.
func (t *conversation) open(conn net.Conn) (*smtp.Client, error) {
	t.at = "greeting the mail server"
	security := t.channel.Security
	if security == TLS {
		conn = tls.Client(conn, t.tls)
	}
	client, err := smtp.NewClient(conn, t.channel.Host)
	if err != nil {
		return nil, err
	}
	if security == TLS || security == NoTLS {
		return client, nil
	}
	t.at = "changing to TLS"
	if ok, _ := client.Extension("STARTTLS"); !ok {
		return nil, errors.New("the server does not offer STARTTLS, and without it nothing is sent")
	}
	return client, client.StartTLS(t.tls)
}

func (t *conversation) logIn(client *smtp.Client) error {
	if t.channel.User == "" {
		return nil
	}
	t.at = "logging in"
	_, offered := client.Extension("AUTH")
	user, password := t.channel.User, t.channel.Password.reveal()
	ways := strings.Fields(strings.ToUpper(offered))
	switch {
	case slices.Contains(ways, "PLAIN"):
		return client.Auth(smtp.PlainAuth("", user, password, t.channel.Host))
	case slices.Contains(ways, "LOGIN"):
		return client.Auth(&loginAuth{user, password})
	}
	return errors.New("the server offers neither AUTH PLAIN nor AUTH LOGIN")
}

// address names the sender and every recipient.
func (t *conversation) address(client *smtp.Client) error {
	t.at = "naming the sender"
	from, err := mail.ParseAddress(t.channel.From)
	if err != nil {
		return err
	}
	if err := client.Mail(from.Address); err != nil {
		return err
	}
	for _, to := range t.channel.To {
		t.at = "naming the recipient " + to
		one, err := mail.ParseAddress(to)
		if err != nil {
			return err
		}
		if err := client.Rcpt(one.Address); err != nil {
			return err
		}
	}
	return nil
}

// loginAuth is AUTH LOGIN, which some Exchange servers offer alone. It is used
// within TLS only: Channel.Problems sees to that.
type loginAuth struct{ user, password string }

func (a *loginAuth) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errors.New("a password is not sent in clear")
	}
	return "LOGIN", nil, nil
}

// Next answers the server's questions, whose words differ between servers and
// whose order does not.
func (a *loginAuth) Next(_ []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	answer := a.user
	a.user = a.password
	return []byte(answer), nil
}
