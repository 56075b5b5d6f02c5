package outside

import (
	"context"
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// A Reach is everything outside, as it is for an incident: the real world, or for a
// drill the one that its scenario describes. It is what muster's use cases know of
// the outside.
type Reach struct {
	Live Live      // for live incidents
	Set  []Channel // the channels of the configuration
	// Wrong is what is wrong with them. It is said when one is to be used.
	Wrong error
	// Scenario reads a drill's scenario; nil if it has none.
	Scenario func(context.Context, *state.Incident) (*runbooks.Scenario, error)
}

// world is what is outside of an incident.
func (r *Reach) world(ctx context.Context, inc *state.Incident) (World, error) {
	if inc.Mode != state.Drill {
		live := r.Live
		live.Prober.Allowed = inc.Allows
		return &live, nil
	}
	scenario, err := r.Scenario(ctx, inc)
	if err != nil {
		return nil, err
	}
	seen := inc.Exercise.World(scenario)
	return &Drill{Answer: func(service string) (Answer, bool) {
		answer, ok := seen[service]
		return Answer{OK: answer.Up, Detail: answer.Detail}, ok
	}}, nil
}

// Check looks once at a service of the incident. The errors are those of a [World],
// and why a drill's scenario cannot be read.
func (r *Reach) Check(ctx context.Context, inc *state.Incident, service string) (state.RecordCheck, error) {
	s := inc.Service(service)
	if s == nil {
		return state.RecordCheck{}, fmt.Errorf("there is no service %q in this incident", service)
	}
	world, err := r.world(ctx, inc)
	if err != nil {
		return state.RecordCheck{}, err
	}
	return world.Check(ctx, service, s.Def.Check)
}

// Channels lists the channels that are set.
func (r *Reach) Channels() []state.Channel {
	list := make([]state.Channel, len(r.Set))
	for i, c := range r.Set {
		list[i] = state.Channel{Name: c.Name, Kind: string(c.Kind)}
	}
	return list
}

// Channel is the channel of this name, without regard to case. The error is what is
// wrong with the configuration, or a *state.Refusal that lists those that are set.
func (r *Reach) Channel(name string) (state.Channel, error) {
	c, err := r.channel(name)
	return state.Channel{Name: c.Name, Kind: string(c.Kind)}, err
}

func (r *Reach) channel(name string) (Channel, error) {
	if r.Wrong != nil {
		return Channel{}, r.Wrong
	}
	var names []state.Named
	for _, c := range r.Set {
		if strings.EqualFold(c.Name, name) {
			return c, nil
		}
		names = append(names, state.Named{ID: c.Name})
	}
	refusal := state.NotThere(state.NounChannel, name, names)
	if len(names) == 0 {
		refusal.Hint = "None is set: add a [[channel]] to config.toml."
	}
	refusal.Field = "channel"
	refusal.Hint += " Or send it yourself, and record that it was sent by hand."
	refusal.Acts = append(refusal.Acts, state.Act{Deed: state.DeedByHand})
	return Channel{}, refusal
}

// Send hands the version that is named to the channel that is named, and returns the
// command with how that went, and to whom if nobody said. The error is a *[SendError],
// or says why nothing was tried.
func (r *Reach) Send(ctx context.Context, inc *state.Incident, send state.SendNotice) (state.SendNotice, error) {
	n := inc.Notice(send.Notice)
	if n == nil || n.Last() == nil || n.Last().Number != send.Version {
		return send, fmt.Errorf("version %d is not the last one: read it again", send.Version)
	}
	channel, err := r.channel(send.Channel)
	if err != nil {
		return send, err
	}
	world, err := r.world(ctx, inc)
	if err != nil {
		return send, err
	}
	receipt, err := world.Send(ctx, channel, messageOf(inc, n, n.Last()))
	if err != nil {
		return send, err
	}
	send.How = receipt.How
	if send.To == "" {
		send.To = receipt.To
	}
	return send, nil
}

// maxDedupKey is the most bytes that a key may have which is the same for every version
// of what is one matter.
const maxDedupKey = 255

// messageOf is a notice's text on its way out.
func messageOf(inc *state.Incident, n *state.Notice, v *state.NoticeVersion) Message {
	key := inc.ID + "/" + n.ID
	if len(key) > maxDedupKey {
		key = state.Sum([]byte(key)).String()
	}
	return Message{
		Title: n.Def.Title, Text: v.Text, Audience: n.Def.Audience, Severity: inc.Severity, IncidentID: inc.ID,
		Exercise: inc.Mode == state.Drill, DedupKey: key, LogHead: inc.Head.Hash,
	}
}

// Reason is why the message did not go out, without the channel's name.
func (e *SendError) Reason() string { return e.Why }

// MayHaveArrived reports whether the message may be there all the same.
func (e *SendError) MayHaveArrived() bool { return e.Maybe }
