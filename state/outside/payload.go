package outside

import (
	"encoding/json"
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state/clean"
)

// payload is the JSON that a channel wants.
func payload(c Channel, m Message) ([]byte, error) {
	row, ok := c.Kind.row()
	if !ok || row.payload == nil {
		return nil, fmt.Errorf("nothing is posted to a channel of kind %q", c.Kind)
	}
	return json.Marshal(row.payload(c, m))
}

func slackMessage(_ Channel, m Message) any { return map[string]string{"text": slackText(m.Text)} }

func mattermostMessage(_ Channel, m Message) any { return map[string]string{"text": m.Text} }

// slackText keeps Slack from reading <…> as a link or a call to everybody.
func slackText(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// fields are what a generic webhook gets, and PagerDuty as details.
type fields struct {
	Title    string            `json:"title"`
	Text     string            `json:"text"`
	Audience string            `json:"audience,omitempty"`
	Severity runbooks.Severity `json:"severity,omitempty"`
	Incident string            `json:"incident,omitempty"`
	DedupKey string            `json:"dedup_key,omitempty"`
	LogHead  string            `json:"log_head,omitempty"` // 64 hexadecimal digits
}

func details(m Message) fields {
	f := fields{
		Title: m.Title, Text: m.Text, Audience: m.Audience,
		Severity: m.Severity, Incident: m.IncidentID, DedupKey: m.DedupKey,
	}
	if !m.LogHead.IsZero() {
		f.LogHead = m.LogHead.String()
	}
	return f
}

// A pagerDutyEvent is what the Events API v2 takes, https://developer.pagerduty.com.
type pagerDutyEvent struct {
	RoutingKey string           `json:"routing_key"`
	Action     string           `json:"event_action"`
	DedupKey   string           `json:"dedup_key,omitempty"`
	Payload    pagerDutyPayload `json:"payload"`
}

type pagerDutyPayload struct {
	Summary  string `json:"summary"` // at most 1024 characters
	Source   string `json:"source"`
	Severity string `json:"severity"` // critical, error, warning, info
	Details  fields `json:"custom_details"`
}

func event(c Channel, m Message) pagerDutyEvent {
	const maxSummary, maxKey = 1024, 255
	summary := m.Title
	if summary == "" {
		summary, _, _ = strings.Cut(m.Text, "\n")
	}
	severity := map[runbooks.Severity]string{
		runbooks.SEV1: "critical", runbooks.SEV2: "error", runbooks.SEV3: "warning", runbooks.SEV4: "info",
	}[m.Severity]
	if severity == "" {
		severity = "warning"
	}
	source := m.IncidentID
	if source == "" {
		source = "muster"
	}
	return pagerDutyEvent{
		RoutingKey: c.RoutingKey.reveal(), Action: "trigger", DedupKey: clean.Bounded(m.DedupKey, maxKey),
		Payload: pagerDutyPayload{clean.Bounded(summary, maxSummary), source, severity, details(m)},
	}
}

// The parts of a Teams message: one attachment, an Adaptive Card.
type (
	teamsMessage struct {
		Type        string            `json:"type"`
		Attachments []teamsAttachment `json:"attachments"`
	}
	teamsAttachment struct {
		ContentType string       `json:"contentType"`
		ContentURL  *string      `json:"contentUrl"`
		Content     adaptiveCard `json:"content"`
	}
	adaptiveCard struct {
		Schema  string      `json:"$schema"`
		Type    string      `json:"type"`
		Version string      `json:"version"`
		Body    []textBlock `json:"body"`
	}
	textBlock struct {
		Type    string `json:"type"`
		Text    string `json:"text"`
		Weight  string `json:"weight,omitempty"`
		Spacing string `json:"spacing,omitempty"`
		Wrap    bool   `json:"wrap"`
	}
)

// card writes a message for Teams, a block a line: within a block Teams runs
// lines together.
func card(m Message) teamsMessage {
	var body []textBlock
	if m.Title != "" {
		body = append(body, textBlock{Type: "TextBlock", Text: m.Title, Weight: "Bolder", Wrap: true})
	}
	spacing := ""
	for line := range strings.Lines(m.Text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			spacing = "" // a paragraph begins
			continue
		}
		body = append(body, textBlock{Type: "TextBlock", Text: line, Spacing: spacing, Wrap: true})
		spacing = "None"
	}
	return teamsMessage{"message", []teamsAttachment{{
		ContentType: "application/vnd.microsoft.card.adaptive",
		Content: adaptiveCard{
			Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4", Body: body,
		},
	}}}
}
