package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
	"muster/state/sshsig"
	"muster/state/view"
)

func signCommand(e *env) *cobra.Command {
	var key, to string
	var force bool
	cmd := &cobra.Command{
		Use: "sign [INCIDENT]", Short: "Sign the head with your own SSH key", Args: arguments(0, 1),
		Long: `Sign the head of the log with your own SSH key, so that you vouch for every entry up to
there, and record that you did. Two files are written: FILE says what is signed, in four
lines, and FILE.sig is the signature. Give both to somebody outside: beside the log alone
they prove nothing, for whoever cuts the log takes them away too.

The key is the one that ssh-agent holds (SSH_AUTH_SOCK), or --key: a file with a private
key, or with a public key (.pub) whose private one the agent holds.

Over SSH the key is the one that you have connected with, in the agent that you offer (ssh -A);
it is asked for this signature and for nothing else. Both texts are printed, the statement
above the signature: ssh -A box sign > FILE. muster verify --signature FILE reads that, too.

It is an ordinary SSH signature: ssh-keygen -Y verify -n muster-head checks it, and so does
muster verify --signature FILE.sig.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return signHead(cmd.Context(), e, optional(args), key, to, force)
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "the key's file: private, or public with the private one in ssh-agent")
	cmd.Flags().StringVarP(&to, "output", "o", "", "where to write (INCIDENT-ENTRIES.head here)")
	cmd.Flags().BoolVar(&force, "force", false, "replace files that are there")
	return cmd
}

func signHead(ctx context.Context, e *env, id, keyFile, to string, force bool) error {
	s, err := e.open(ctx, id, false)
	if err != nil {
		return err
	}
	defer s.Close()
	inc := s.Incident()
	head := inc.Head
	statement, err := state.Statement{Incident: inc.ID, Head: head}.Text()
	if err != nil {
		return err
	}
	files := signedFiles{to: to, force: force}
	if e.visit == nil {
		if err := files.name(e, inc); err != nil {
			return err
		}
	}
	fingerprint, armored, err := signText(ctx, e, keyFile, statement)
	if err != nil {
		return err
	}
	v := view.Signed{ID: view.Text(inc.ID), Head: view.LogHead{Seq: head.Seq, Hash: head.Hash, Code: head.Hash.Code()}, Fingerprint: fingerprint}
	if e.visit == nil {
		v.Statement, v.Signature = files.to, files.to+".sig"
		err = errors.Join(writeFile(e, v.Statement, statement, force), writeFile(e, v.Signature, armored, force))
	} else if v.Signed = string(statement) + string(armored); !e.flags.json {
		_, err = io.WriteString(e.out, v.Signed)
	}
	if err != nil {
		return err
	}
	inc, err = recordSignature(ctx, e, s, head.Hash, fingerprint)
	if err != nil {
		return hint(err, "The signature is good all the same; only the log does not say that it was made.")
	}
	v.Recorded = inc.Head.Seq
	return e.saySigned(inc, v)
}

// signedFiles are where a statement and its signature are written.
type signedFiles struct {
	to    string
	force bool
}

// name gives them a name if the person gave none, and refuses what is there.
func (f *signedFiles) name(e *env, inc *state.Incident) error {
	if f.to == "" {
		f.to = fmt.Sprintf("%s-%d.head", inc.ID, inc.Head.Seq)
	}
	return notThere(e, f.force, f.to, f.to+".sig")
}

// saySigned says that a head was signed.
func (e *env) saySigned(inc *state.Incident, v view.Signed) error {
	line := exercise(inc) + strings.TrimLeft(e.line(inc, v.Recorded), " ") + "\nsigned by " + v.Fingerprint
	err := e.print(v, func() error {
		if v.Signed != "" {
			_, err := fmt.Fprintf(e.err, "%s\nmuster: keep what was printed, or give it to somebody outside.\n", line)
			return err
		}
		_, err := fmt.Fprintf(e.out, "%s\n%s and %s: give both to somebody outside.\n", line, clean.Line(v.Statement), clean.Line(v.Signature))
		return err
	})
	if err != nil {
		return hint(err, "It is signed and recorded all the same, as entry %d of %s.", v.Recorded, inc.ID)
	}
	return nil
}

// notThere refuses before a key is asked for what would be refused after it.
func notThere(e *env, force bool, names ...string) error {
	for _, name := range names {
		if err := sayGuard(target(e, force).Check(name)); err != nil {
			return err
		}
	}
	return nil
}

// offersSign says, where a log changes hands, that a visitor who offers their agent can sign it.
func offersSign(e *env) {
	if e.visit != nil && e.visit.Sign != nil && !e.flags.json {
		fmt.Fprintln(e.err, "muster: your agent is offered: ssh -A … sign vouches for the log up to here with your own key")
	}
}

// signHere signs the head that an incident has, with the key that is at hand; text is what is
// signed, and the signature below it.
func signHere(ctx context.Context, e *env, inc *state.Incident) (fingerprint, text string, err error) {
	statement, err := state.Statement{Incident: inc.ID, Head: inc.Head}.Text()
	if err != nil {
		return "", "", err
	}
	fingerprint, armored, err := signText(ctx, e, "", statement)
	return fingerprint, string(statement) + string(armored), err
}

// signText signs with the key that a file names, or that the agent holds.
func signText(ctx context.Context, e *env, keyFile string, text []byte) (fingerprint string, armored []byte, err error) {
	defer func() {
		if err != nil && ctx.Err() != nil { // an agent may ask for a touch, and never answer
			err = fmt.Errorf("nothing was signed: %w", ctx.Err())
		}
	}()
	defer e.waitingFor("the key to sign")()
	key, done, err := signerOf(ctx, e, keyFile)
	if err != nil {
		return "", nil, err
	}
	defer done()
	armored, err = sshsig.Sign(e.random, key, state.SignatureNamespace, text)
	if err != nil {
		return "", nil, hint(fmt.Errorf("the key did not sign: %w", err), "%s", e.otherKey())
	}
	return ssh.FingerprintSHA256(key.PublicKey()), armored, nil
}

// otherKey says what to do about a key that does not sign.
func (e *env) otherKey() string {
	if e.visit != nil {
		return "The key is the one that you have connected with: ssh-add puts it into your agent."
	}
	return "Choose another with --key FILE."
}

// maxKey is how long a key's file can be, in bytes.
const maxKey = 64 << 10

// signerOf finds the key to sign with; done lets go of it.
func signerOf(ctx context.Context, e *env, keyFile string) (key ssh.Signer, done func(), err error) {
	if e.visit != nil {
		return visitorKey(ctx, e.visit)
	}
	if keyFile == "" {
		return agentKey(ctx, e, nil)
	}
	data, err := readSmall(keyFile, maxKey)
	if err != nil {
		return nil, nil, err
	}
	if public, _, _, _, err := ssh.ParseAuthorizedKey(data); err == nil {
		return agentKey(ctx, e, public)
	}
	key, err = ssh.ParsePrivateKey(data)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		key, err = unlockKey(e, keyFile, data)
	}
	if err != nil {
		return nil, nil, hint(fmt.Errorf("%s: the key cannot be read: %w", keyFile, err), "Give a file such as ~/.ssh/id_ed25519, or add the key to ssh-agent.")
	}
	return key, func() {}, nil
}

// visitorKey is the key of a visitor's connection, in the agent that they offer.
func visitorKey(ctx context.Context, v *visiting) (ssh.Signer, func(), error) {
	if v.Sign == nil {
		return nil, nil, hint(errors.New("your agent was not offered for it"), "Offer it: ssh -A … sign. Or sign at your own machine: muster head says what, and ssh-keygen -Y sign -n %s does it.", state.SignatureNamespace)
	}
	key, done, err := v.Sign(ctx)
	if err != nil {
		return nil, nil, hint(err, "Offer it: ssh -A … sign; ssh-add -l lists what it holds.")
	}
	return key, done, nil
}

// unlockKey asks for a key's passphrase, at a terminal alone: what comes through a pipe
// may end up in a history or a process list.
func unlockKey(e *env, keyFile string, data []byte) (ssh.Signer, error) {
	in, ok := e.in.(*os.File)
	if !e.terminal || !ok {
		return nil, errors.New("it has a passphrase, and there is no terminal to ask for it")
	}
	fmt.Fprintf(e.err, "Passphrase of %s: ", clean.Line(keyFile))
	passphrase, err := term.ReadPassword(in.Fd())
	fmt.Fprintln(e.err)
	if err != nil {
		return nil, err
	}
	defer clear(passphrase)
	return ssh.ParsePrivateKeyWithPassphrase(data, passphrase)
}

// agentKey is the agent's key that is public; the only one it has if public is nil.
// Cancelling ctx ends waiting for a touch or a confirmation.
func agentKey(ctx context.Context, e *env, public ssh.PublicKey) (ssh.Signer, func(), error) {
	socket := e.getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil, nil, hint(errors.New("there is no ssh-agent: SSH_AUTH_SOCK is not set"), "Name a private key's file with --key FILE.")
	}
	conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, nil, hint(fmt.Errorf("ssh-agent does not answer: %w", err), "Name a private key's file with --key FILE.")
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	done := func() { stop(); conn.Close() }
	keys, err := agent.NewClient(conn).Signers()
	if err == nil {
		var key ssh.Signer
		if key, err = choose(keys, public); err == nil {
			return key, done, nil
		}
	}
	done()
	return nil, nil, err
}

// choose picks the agent's key. Which of several signs is the person's to say.
func choose(keys []ssh.Signer, public ssh.PublicKey) (ssh.Signer, error) {
	var names []string
	for _, key := range keys {
		name := ssh.FingerprintSHA256(key.PublicKey())
		if public != nil && name == ssh.FingerprintSHA256(public) {
			return key, nil
		}
		names = append(names, name+" "+key.PublicKey().Type())
	}
	switch {
	case public != nil:
		return nil, hint(errors.New("ssh-agent does not hold this key"), "Add it with ssh-add, or name the private key's file.")
	case len(keys) == 0:
		return nil, hint(errors.New("ssh-agent holds no key"), "Add one with ssh-add, or name a private key's file with --key FILE.")
	case len(keys) > 1:
		return nil, hint(fmt.Errorf("ssh-agent holds %d keys: %s", len(keys), strings.Join(names, ", ")), "Say which one with --key FILE.pub.")
	}
	return keys[0], nil
}

// recordSignature records that the head was signed.
func recordSignature(ctx context.Context, e *env, s *session.Session, head state.Hash, fingerprint string) (*state.Incident, error) {
	return s.Do(ctx, state.Action{Command: state.RecordSignature{Head: head, Fingerprint: fingerprint, Namespace: state.SignatureNamespace}})
}
