// Package outside is what muster does to the world on a person's word: it looks
// at services, sends notices through channels, and asks for time stamps.
//
// # Looking
//
// A [Prober] looks at a service once and says what it saw as a
// [state.RecordCheck]. A look that fails is a result, never an error.
//
//	HTTP(S)  a GET must be answered with the status expected, 200 if the runbook
//	         does not say, and its whole body must come. With a text, the first
//	         1 MiB of the body must contain it. The certificate must be valid
//	         today; one that expires within 14 days is pointed out.
//	TCP      a connection must be made.
//	DNS      a name must have an address.
//
// A look takes at most 10 seconds, follows at most 5 redirects, reads at most
// 128 KiB up to the end of the headers and 1 MiB of body, and does not decompress. A redirect is
// followed to the same host only, and then either to the same port with the same
// scheme or from http to https. Private addresses are good targets, a company's
// own systems mostly have them; but once a public address has answered, no
// redirect and no second DNS answer leads to a private one. That is judged on the
// address dialled, in the moment before it is dialled. Through a proxy the proxy
// dials, so that only the redirect's own words can be judged.
//
// # Sending
//
// A [Sender] hands a [Message] to a [Channel] and says how that went as a
// [Receipt].
//
//	slack, mattermost  POST {"text": …}
//	teams              POST an Adaptive Card, as a Workflows webhook wants it
//	webhook            POST every field of the message as JSON
//	pagerduty          POST a trigger event, Events API v2
//	smtp               a plain-text mail, with STARTTLS unless the channel says otherwise
//
// An attempt takes at most the channel's timeout and everything together at most
// 30 seconds. A send is repeated at most twice, and only if the connection could
// not be made or the answer was 429 or 5xx; it waits as Retry-After says, if that
// is at most 30 seconds. Redirects are not followed. At most 64 KiB of an answer
// is read. If the message may have arrived although no good answer came, the
// [SendError] says so, and it is not repeated.
//
// # Stamping
//
// [Reach.Stamp] sends a request for a time stamp (RFC 3161) and returns the answer. It takes
// at most 30 seconds and 64 KiB, follows no redirect, and asks nothing of a private address
// that nobody has allowed in the incident.
//
// # What is promised of all
//
//   - Nothing leaves in a drill: a [Drill] opens no socket, and a Sender refuses a
//     message of an exercise.
//   - What is said of an answer is bounded and has passed package clean.
//   - A [Secret] shows as ••• however it is written. User names, passwords and
//     queries of URLs are cut out of what is said.
//   - HTTP and HTTPS go through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY
//     name, if any, and if it is an HTTP proxy. TCP, DNS and SMTP go straight out.
//   - Nothing is kept between calls, and no global client is used.
package outside
