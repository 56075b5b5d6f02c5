package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state"
	"muster/state/team"
)

// A box is a server on loopback, and who may come to it.
type box struct {
	t      *testing.T
	folder team.Folder
	addr   string
	ticks  chan time.Time // each lets every wait of the server end
	stop   context.CancelFunc
	ended  chan error

	mu   sync.Mutex
	said []string
}

func newSigner(t *testing.T) ssh.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func newBox(t *testing.T, visit func(ctx context.Context, v *Visit) int) *box {
	t.Helper()
	b := &box{t: t, ticks: make(chan time.Time), ended: make(chan error, 1),
		folder: team.Folder{Path: filepath.Join(t.TempDir(), "team"), Now: time.Now, Random: rand.Reader}}
	server, err := New(Options{
		Folder: b.folder, Host: newSigner(t), Visit: visit,
		After: func(d time.Duration) <-chan time.Time {
			if d == lookAgain {
				return b.ticks
			}
			return nil
		},
		Say: func(line string) { b.mu.Lock(); defer b.mu.Unlock(); b.said = append(b.said, line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = listener.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	go func() { b.ended <- server.Serve(ctx, listener) }()
	t.Cleanup(stop)
	return b
}

// people writes who may come.
func (b *box) people(lines ...string) {
	b.t.Helper()
	if err := os.MkdirAll(b.folder.Path, 0o700); err != nil {
		b.t.Fatal(err)
	}
	temp := b.folder.PeopleFile() + ".new"
	if err := os.WriteFile(temp, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Rename(temp, b.folder.PeopleFile()); err != nil {
		b.t.Fatal(err)
	}
}

func lineOf(name string, access state.Access, signer ssh.Signer) string {
	return team.Person{Name: name, Access: access, Key: signer.PublicKey()}.String()
}

func (b *box) dial(signer ssh.Signer) (*ssh.Client, error) {
	return ssh.Dial("tcp", b.addr, &ssh.ClientConfig{
		User: "any", Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	})
}

func (b *box) client(signer ssh.Signer) *ssh.Client {
	b.t.Helper()
	client, err := b.dial(signer)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { client.Close() })
	return client
}

func run(t *testing.T, client *ssh.Client, command string) (out string, code int) {
	t.Helper()
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	var all, said bytes.Buffer
	session.Stdout, session.Stderr = &all, &said
	err = session.Run(command)
	all.Write(said.Bytes())
	if exit := new(ssh.ExitError); errors.As(err, &exit) {
		return all.String(), exit.ExitStatus()
	} else if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return all.String(), 0
}

// tells says who came, with what.
func tells(_ context.Context, v *Visit) int {
	fmt.Fprintf(v.Out, "%s %s %q %v %q", v.Person.Name, v.Person.Access, v.Args, v.Terminal, v.Environ)
	return len(v.Args)
}

func TestWhoComes(t *testing.T) {
	ada, stranger := newSigner(t), newSigner(t)
	b := newBox(t, tells)
	b.people("rubbish", lineOf("Ada", state.Responder, ada))
	if out, code := run(t, b.client(ada), `note 'two words' "$(x)"`); out != `Ada responder ["note" "two words" "$(x)"] false map[]` || code != 3 {
		t.Errorf("%q, code %d", out, code)
	}
	if _, err := b.dial(stranger); err == nil {
		t.Error("a key that nobody knows came in")
	}
	b.people() // nobody any more
	if _, err := b.dial(ada); err == nil {
		t.Error("a key that was taken out came in")
	}
}

// TestNothingButSessions: what else SSH can do is not there.
func TestNothingButSessions(t *testing.T) {
	ada := newSigner(t)
	b := newBox(t, tells)
	b.people(lineOf("Ada", state.Responder, ada))
	client := b.client(ada)
	if _, err := client.Dial("tcp", b.addr); err == nil {
		t.Error("a port was forwarded")
	}
	if _, err := client.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port was forwarded back")
	}
	if _, _, err := client.OpenChannel("x11", nil); err == nil {
		t.Error("X11 was forwarded")
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.RequestSubsystem("sftp"); err == nil {
		t.Error("there is sftp")
	}
}

// TestEnvironment: what a client says of itself is bounded, and only what screens need.
func TestEnvironment(t *testing.T) {
	ada := newSigner(t)
	b := newBox(t, tells)
	b.people(lineOf("Ada", state.Responder, ada))
	session, err := b.client(ada).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"LD_PRELOAD": "/x", "MUSTER_STATE": "/x", "EDITOR": "sh", "PATH": "/x", "HOME": "/x", "MUSTER_AS": "Ben",
		"COLORTERM": strings.Repeat("x", maxValue+1), "LC_ALL": "C\x1b[2J",
	} {
		if session.Setenv(name, value) == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if err := session.Setenv("LANG", "C.UTF-8"); err != nil {
		t.Error(err)
	}
	if err := session.RequestPty("xterm-256color", 1<<30, 1<<30, nil); err != nil {
		t.Error(err)
	}
	out, err := session.Output("x")
	if want := `Ada responder ["x"] true map["LANG":"C.UTF-8" "TERM":"xterm-256color"]`; string(out) != want || !errors.As(err, new(*ssh.ExitError)) {
		t.Errorf("%q %v", out, err)
	}
	if size := bounded(1<<30, 1<<30); size.Width > maxWidth || size.Height > maxHeight {
		t.Errorf("a terminal of %v", size)
	}
}

// TestTakenOut: who is taken out is out at once, and so is who has another role now.
func TestTakenOut(t *testing.T) {
	for name, then := range map[string]func(ada ssh.Signer) string{
		"gone":         func(ssh.Signer) string { return "" },
		"another role": func(ada ssh.Signer) string { return lineOf("Ada", state.Observer, ada) },
		"another name": func(ada ssh.Signer) string { return lineOf("Ben", state.Responder, ada) },
	} {
		t.Run(name, func(t *testing.T) {
			ada, ben := newSigner(t), newSigner(t)
			in, out := make(chan string, 2), make(chan string, 2)
			b := newBox(t, func(ctx context.Context, v *Visit) int {
				in <- v.Person.Name
				<-ctx.Done()
				out <- v.Person.Name
				return 0
			})
			b.people(lineOf("Ada", state.Responder, ada), lineOf("Eve", state.Responder, ben))
			for _, signer := range []ssh.Signer{ada, ben} {
				session, err := b.client(signer).NewSession()
				if err != nil {
					t.Fatal(err)
				}
				if err := session.Shell(); err != nil {
					t.Fatal(err)
				}
				<-in
			}
			b.people(then(ada), lineOf("Eve", state.Responder, ben))
			b.ticks <- time.Now()
			if who := <-out; who != "Ada" {
				t.Errorf("%s is out", who)
			}
			select {
			case who := <-out:
				t.Errorf("%s is out too", who)
			default:
			}
		})
	}
}

// TestWhatIsWrongWithThePeopleIsSaid: to whoever serves, and not only when that begins.
func TestWhatIsWrongWithThePeopleIsSaid(t *testing.T) {
	ada, ben := newSigner(t), newSigner(t)
	b := newBox(t, func(context.Context, *Visit) int { return 0 })
	b.people(lineOf("Ada", state.Responder, ada))
	if _, code := run(t, b.client(ada), "x"); code != 0 {
		t.Fatal(code)
	}
	b.people(lineOf("Ada", state.Responder, ada), strings.Replace(lineOf("Ben", state.Responder, ben), "responder", "boss", 1))
	if _, err := b.dial(ben); err == nil {
		t.Error("Ben came in")
	}
	b.mu.Lock()
	said := strings.Join(b.said, "\n")
	b.mu.Unlock()
	if want := b.folder.PeopleFile() + `:2 lets nobody in: "boss" is no role`; strings.Count(said, want) != 1 {
		t.Errorf("it is not said once that %s:\n%s", want, said)
	}
}

// TestAPanicEndsOneVisit: nobody else's, and the program least of all.
func TestAPanicEndsOneVisit(t *testing.T) {
	ada := newSigner(t)
	b := newBox(t, func(_ context.Context, v *Visit) int {
		if len(v.Args) > 0 {
			panic("no")
		}
		return 0
	})
	b.people(lineOf("Ada", state.Responder, ada))
	client := b.client(ada)
	if out, code := run(t, client, "x"); code != 1 || !strings.Contains(out, "What was saved is safe") {
		t.Errorf("%q %d", out, code)
	}
	if _, code := run(t, client, ""); code != 0 {
		t.Errorf("the next session: %d", code)
	}
}

// TestTheEnd: every visit is told, and its terminal is given back, before the connections
// go.
func TestTheEnd(t *testing.T) {
	ada := newSigner(t)
	in := make(chan bool)
	b := newBox(t, func(ctx context.Context, v *Visit) int {
		in <- true
		<-ctx.Done()
		_, _ = io.WriteString(v.Out, "goodbye")
		return 7
	})
	b.people(lineOf("Ada", state.Responder, ada))
	session, err := b.client(ada).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	session.Stdout = &out
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	<-in
	b.stop()
	exit := new(ssh.ExitError)
	if err := session.Wait(); !errors.As(err, &exit) || exit.ExitStatus() != 7 || out.String() != "goodbye" {
		t.Errorf("%v %q", err, out.String())
	}
	if err := <-b.ended; err != nil {
		t.Error(err)
	}
}

// TestCutOffIsNotDone: what goes on until the server ends has not ended well, whatever it says of itself.
func TestCutOffIsNotDone(t *testing.T) {
	ada := newSigner(t)
	in := make(chan bool)
	b := newBox(t, func(ctx context.Context, v *Visit) int {
		in <- true
		<-ctx.Done()
		return 0
	})
	b.people(lineOf("Ada", state.Responder, ada))
	session, err := b.client(ada).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start("log --follow"); err != nil {
		t.Fatal(err)
	}
	<-in
	b.stop()
	exit := new(ssh.ExitError)
	if err := session.Wait(); !errors.As(err, &exit) || exit.ExitStatus() != 1 {
		t.Errorf("it ended with %v", err)
	}
	<-b.ended
}

// TestTheDoor: an unknown key knocks with a code, waits for a yes, and is in.
func TestTheDoor(t *testing.T) {
	key := newSigner(t)
	b := newBox(t, tells)
	b.people("# nobody yet")
	code, _, err := b.folder.Invite("Ada", state.Observer, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	session, err := b.client(key).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, _ := session.StdinPipe()
	out, _ := session.StdoutPipe()
	said, _ := session.StderrPipe()
	if err := session.Start("status"); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(in, "\n\n  \n1111-1111\n\n%s\nAda L\n", code) // an empty line is no try
	reader := new(strings.Builder)
	for !strings.Contains(reader.String(), "Wait here: somebody inside") {
		one := make([]byte, 512)
		n, err := said.Read(one)
		if reader.Write(one[:n]); err != nil {
			t.Fatalf("%q: %v", reader, err)
		}
	}
	b.ticks <- time.Now() // it looks, and nobody has said yes
	if _, err := b.folder.Admit("Ada L"); err != nil {
		t.Fatal(err)
	}
	go func() { // the server's own look takes ticks too
		for {
			select {
			case b.ticks <- time.Now():
			case <-b.ended:
				return
			}
		}
	}()
	got, _ := io.ReadAll(out)
	if !strings.HasPrefix(string(got), `Ada L observer ["status"]`) {
		t.Errorf("%q", got)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if all := strings.Join(b.said, "\n"); !strings.Contains(all, "gave a code that is none") || !strings.Contains(all, "Ada L (observer) waits for a yes") || !strings.Contains(all, `: muster people admit "Ada L"`) {
		t.Errorf("whoever serves was told:\n%s", all)
	}
}

// A deaf connection only says that it was closed.
type deaf struct {
	net.Conn
	closed bool
}

func (d *deaf) Close() error { d.closed = true; return nil }

// TestGate: of one address so many connections may be silent, and then the oldest gives way;
// those that proved a key which may come are counted by it, and by nothing else.
func TestGate(t *testing.T) {
	g := gate{from: map[string]int{}, keys: map[string]int{}}
	var all []*counted
	come := func(address string) (gives *counted, ok bool) {
		c := &counted{Conn: new(deaf), gate: &g, address: address}
		gives, ok = g.enter(c)
		all = append(all, c)
		return gives, ok
	}
	for range maxFromOne {
		if gives, ok := come("office"); gives != nil || !ok {
			t.Fatal("too early")
		}
	}
	if gives, ok := come("office"); !ok || gives != all[0] || g.prove(gives, "ada", true) || g.counts(gives) {
		t.Errorf("the oldest did not give way: %t, %v", ok, gives)
	}
	if gives, ok := come("elsewhere"); gives != nil || !ok {
		t.Error("one address is in another's way")
	}
	for _, c := range all[1 : maxFromKey+1] {
		for range 2 { // a key that is proved twice counts once
			if !g.prove(c, "ada", true) {
				t.Fatal("a key that may come is refused")
			}
		}
	}
	if g.from["office"] != maxFromOne-maxFromKey || g.keys["ada"] != maxFromKey || g.prove(all[maxFromKey+1], "ada", true) {
		t.Errorf("of the address %d are left, of the key there are %d", g.from["office"], g.keys["ada"])
	}
	for _, c := range all[maxFromKey+1 : maxFromOne+1] { // who waits at the door is not silent
		if !g.prove(c, "unknown", false) {
			t.Fatal("who may knock is refused")
		}
	}
	for g.from["office"] < maxFromOne {
		c := &counted{Conn: new(deaf), gate: &g, address: "office"}
		if _, ok := g.enter(c); !ok || !g.prove(c, "unknown", false) {
			t.Fatal("there was room")
		}
	}
	if _, ok := come("office"); ok {
		t.Error("who proved a key gave way to who did not")
	}
	for _, c := range all {
		if c.gate != nil {
			_, _ = c.Close(), c.Close()
		}
	}
	if g.keys["ada"] != 0 || g.from["elsewhere"] != 0 || g.all != g.from["office"] {
		t.Errorf("after closing: %v, %v, %d", g.keys, g.from, g.all)
	}
}

// TestNAT: of an address from which silent connections come without end, who has a key comes
// in all the same, and stays.
func TestNAT(t *testing.T) {
	ada := newSigner(t)
	b := newBox(t, func(context.Context, *Visit) int { return 0 })
	b.people(lineOf("Ada", state.Responder, ada))
	silence := func() {
		for range maxFromOne + 5 {
			conn, err := net.Dial("tcp", b.addr)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = conn.Close() })
		}
	}
	silence()
	client := b.client(ada)
	for range 2 {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.Run("status"); err != nil {
			t.Errorf("who has a key: %v", err)
		}
		silence()
	}
}

// TestTooMany: one connection has so many sessions and no more.
func TestTooMany(t *testing.T) {
	ada := newSigner(t)
	hold := make(chan bool)
	b := newBox(t, func(context.Context, *Visit) int { <-hold; return 0 })
	defer close(hold)
	b.people(lineOf("Ada", state.Responder, ada))
	client := b.client(ada)
	for range maxSessions {
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.Shell(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := client.NewSession(); err == nil {
		t.Error("one session too many")
	}
}

// TestAFloodIsToldInOneLine: who serves is told of one of those that were closed, and then how
// many more there were.
func TestAFloodIsToldInOneLine(t *testing.T) {
	b := newBox(t, func(context.Context, *Visit) int { return 0 })
	const more = 30
	var all []net.Conn
	for range maxFromOne + more {
		conn, err := net.Dial("tcp", b.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		all = append(all, conn)
	}
	for _, conn := range all[:more] { // the oldest give way
		_, _ = io.Copy(io.Discard, conn)
	}
	for range 2 { // the second is heard once the first was dealt with
		b.ticks <- time.Now()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.said) != 2 || !strings.HasPrefix(b.said[0], "too many connections: one from 127.0.0.1") || b.said[1] != fmt.Sprintf("too many connections: %d more were closed", more-1) {
		t.Errorf("it is said: %q", b.said)
	}
}
