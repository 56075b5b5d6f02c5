package serve

import (
	"context"
	"errors"
	"fmt"
	"io"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// This file reaches the agent that a client has offered (ssh -A). That it was offered is only
// noted. The agent is asked when the person asks for a signature, for one, by the key that the
// connection was made with: nobody lists what else it holds.

// agentRequest is by which a client offers its agent, agentChannel by which it is reached.
const (
	agentRequest = "auth-agent-req@openssh.com"
	agentChannel = "auth-agent@openssh.com"
)

// A Signing gives a key to sign with; done lets go of it. Whoever holds it may be asked to
// touch it, so that signing takes its time, and ends with ctx.
type Signing func(ctx context.Context) (key gossh.Signer, done func(), err error)

// signing is that of the key of a connection.
func signing(conn *gossh.ServerConn, key gossh.PublicKey) Signing {
	return func(ctx context.Context) (gossh.Signer, func(), error) {
		type opened struct {
			gossh.Channel
			err error
		}
		got := make(chan opened, 1)
		go func() {
			ch, requests, err := conn.OpenChannel(agentChannel, nil)
			if err == nil {
				go gossh.DiscardRequests(requests)
				context.AfterFunc(ctx, func() { _ = ch.Close() })
			}
			got <- opened{ch, err}
		}()
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case o := <-got:
			if o.err != nil {
				return nil, nil, fmt.Errorf("the agent that was offered is not reached: %w", o.err)
			}
			return agentKey{key, agent.NewClient(o)}, func() { _ = o.Close() }, nil
		}
	}
}

// An agentKey signs by an agent elsewhere.
type agentKey struct {
	key   gossh.PublicKey
	agent agent.ExtendedAgent
}

// PublicKey implements [gossh.Signer].
func (k agentKey) PublicKey() gossh.PublicKey { return k.key }

// Sign implements [gossh.Signer].
func (k agentKey) Sign(_ io.Reader, data []byte) (*gossh.Signature, error) {
	return k.agent.Sign(k.key, data)
}

// SignWithAlgorithm implements [gossh.AlgorithmSigner].
func (k agentKey) SignWithAlgorithm(_ io.Reader, data []byte, algorithm string) (*gossh.Signature, error) {
	if algorithm != gossh.KeyAlgoRSASHA512 {
		return nil, errors.New("this is not how the agent is asked")
	}
	return k.agent.SignWithFlags(k.key, data, agent.SignatureFlagRsaSha512)
}
