package main

import (
	"context"
	"crypto/ed25519"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"

	"muster/state/clean"
	"muster/state/guard"
	"muster/state/serve"
	"muster/state/team"
)

func serveCommand(e *env, run wholeRun) *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use: "serve", Short: "Let a team in over SSH: the screens and every command", Args: noArgs,
		Long: `Let a team in over SSH. Whoever may come has the screens with ssh, and every command of
muster behind it: ssh box status, ssh box log --follow, ssh box note TEXT. There is one
log, here; nobody has to install anything.

Who may come stands in the file people in STATE/team, a line each, with name and role:

  name="Ada Lovelace",role=responder ssh-ed25519 AAAA…

The roles are responder, facilitator, evaluator and observer. muster people invite lets
somebody in without a file: by a code that is read aloud, and a yes from inside. A key
says who acts; it is recorded with what they do.

It prints the command to connect with, and the key by which the machine is known; where the
terminal can, and others get here, the command also as a QR code. It listens on this machine
alone until --listen says otherwise. There is no shell, no
forwarding, and no way to the machine's files.`,
		Example: "  muster serve --listen :2222\n  muster people invite \"Ada Lovelace\" --role responder",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return letIn(cmd.Context(), e, listen, run)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:2222", "address and port; :2222 for every address of the machine, port 0 for a free one")
	return cmd
}

// teamFolder is where it stands who may come.
func teamFolder(e *env) (team.Folder, error) {
	dir, err := e.stateDir()
	return team.Folder{Path: filepath.Join(dir, "team"), Now: e.clock.Now, Random: e.random}, err
}

// letIn serves until ctx ends.
func letIn(ctx context.Context, e *env, address string, run wholeRun) error {
	if err := checkScreens(e); err != nil {
		return err
	}
	folder, err := teamFolder(e)
	if err != nil {
		return err
	}
	host, err := hostKey(e, folder)
	if err != nil {
		return err
	}
	_, bad, err := folder.People()
	if err != nil {
		return err
	}
	sayBadLines(e, folder, bad)
	say := sayLines(e)
	e.crowd = crowdOf(folder)
	server, err := serve.New(serve.Options{
		Folder: folder, Host: host, Say: say, After: time.After,
		Visit: func(ctx context.Context, v *serve.Visit) int { return serveVisit(ctx, e, v, run) },
	})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return hint(err, "Say another address with --listen: 127.0.0.1:2222, :2222, or port 0 for a free one.")
	}
	sayServing(e, listener.Addr(), host.PublicKey())
	return server.Serve(ctx, listener)
}

func sayBadLines(e *env, folder team.Folder, bad []team.BadLine) {
	for _, b := range bad {
		fmt.Fprintf(e.err, "muster: %s:%d lets nobody in: %s\n", clean.Line(folder.PeopleFile()), b.Line, clean.Line(b.What))
	}
}

// sayLines prints lines that may come at once from several visits.
func sayLines(e *env) func(string) {
	var mu sync.Mutex
	return func(line string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(e.err, "%s  %s\n", e.now().Format("15:04:05"), line)
	}
}

// sayServing says how to connect, and by what the right machine is known.
func sayServing(e *env, address net.Addr, key ssh.PublicKey) {
	host, port, _ := net.SplitHostPort(address.String())
	ip := net.ParseIP(host)
	if ip != nil && ip.IsUnspecified() {
		host = nameOr(host)
	}
	print := ssh.FingerprintSHA256(key)
	command := fmt.Sprintf("ssh -p %s %s", port, host)
	if ip == nil || !ip.IsLoopback() { // else no telephone gets here
		fmt.Fprint(e.out, qrHere(e, command))
	}
	fmt.Fprintf(e.out, "Connect with:     %s\n", command)
	fmt.Fprintf(e.out, "The machine is:   %s\n", print)
	fmt.Fprintf(e.out, "To read it aloud: %s\n", aloud(print))
	fmt.Fprintf(e.out, "Let somebody in:  muster people invite NAME --role responder\n")
}

func nameOr(host string) string {
	if name, err := os.Hostname(); err == nil && name != "" {
		return name
	}
	return host
}

// aloud is a fingerprint in groups of four, as ssh prints it.
func aloud(print string) string {
	text := strings.TrimPrefix(print, "SHA256:")
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

// hostKey is the key by which this machine is known; made once.
func hostKey(e *env, folder team.Folder) (ssh.Signer, error) {
	path := folder.HostKeyFile()
	data, err := guard.Read(path, maxKey)
	if errors.Is(err, fs.ErrNotExist) {
		if data, err = newHostKey(e, path); errors.Is(err, guard.ErrThere) {
			data, err = guard.Read(path, maxKey) // another was faster
		}
	}
	if err != nil {
		return nil, err
	}
	signer, err := ssh.ParsePrivateKey(data)
	if err != nil {
		return nil, hint(fmt.Errorf("%s is no key by which this machine could be known: %w", path, err), "Put the right one back; a new one would look like another machine to everybody who has been here.")
	}
	return signer, nil
}

func newHostKey(e *env, path string) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(e.random)
	if err != nil {
		return nil, err
	}
	block, err := ssh.MarshalPrivateKey(key, "muster")
	if err != nil {
		return nil, err
	}
	target := guard.Target{Store: isIncidents}
	if err := target.Folder(filepath.Dir(path)); err != nil {
		return nil, sayGuard(err)
	}
	data := pem.EncodeToMemory(block)
	return data, target.Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
