package outside

import (
	"context"
	"slices"
)

// A ChannelKind says how a channel takes a message. The kinds are the rows of
// [channelKinds]: a new one is a row, and what its message looks like.
type ChannelKind string

// The kinds of channel.
const (
	Slack      ChannelKind = "slack"
	Mattermost ChannelKind = "mattermost"
	Teams      ChannelKind = "teams" // a webhook of Workflows; those of connectors are retired
	Webhook    ChannelKind = "webhook"
	PagerDuty  ChannelKind = "pagerduty"
	SMTP       ChannelKind = "smtp"
)

// A kindOfChannel is all there is to know of a kind of channel.
type kindOfChannel struct {
	kind     ChannelKind
	how      string // how the log says that it went out
	limit    int    // characters of text, a little below what its makers say: what is sent must be all of what was approved
	problems func(Channel) []string
	payload  func(Channel, Message) any // the JSON that is posted; nil for one that is not posted
	attempt  func(*Sender, context.Context, Channel, Message) outcome
}

// channelKinds is the table of all kinds, in the order in which they are listed.
func channelKinds() []kindOfChannel {
	return []kindOfChannel{
		// 40,000 and then cut, https://api.slack.com/changelog/2018-04-truncating-really-long-messages
		{Slack, "slack webhook", 39_000, Channel.problemsURL, slackMessage, (*Sender).post},
		// 16,383 a post
		{Mattermost, "mattermost webhook", 16_000, Channel.problemsURL, mattermostMessage, (*Sender).post},
		// 28 KB a message, all told
		{Teams, "teams webhook", 20_000, Channel.problemsURL, func(_ Channel, m Message) any { return card(m) }, (*Sender).post},
		{Webhook, "webhook", maxText, Channel.problemsURL, func(_ Channel, m Message) any { return details(m) }, (*Sender).post},
		{PagerDuty, "pagerduty event", maxText, Channel.problemsKey, func(c Channel, m Message) any { return event(c, m) }, (*Sender).post},
		{SMTP, "mail", maxText, Channel.problemsMail, nil, (*Sender).mail},
	}
}

// ChannelKinds lists every kind of channel.
func ChannelKinds() []ChannelKind {
	var kinds []ChannelKind
	for _, row := range channelKinds() {
		kinds = append(kinds, row.kind)
	}
	return kinds
}

// row is the table's row of a kind; false if there is no such kind.
func (k ChannelKind) row() (kindOfChannel, bool) {
	rows := channelKinds()
	i := slices.IndexFunc(rows, func(row kindOfChannel) bool { return row.kind == k })
	if i < 0 {
		return kindOfChannel{}, false
	}
	return rows[i], true
}
