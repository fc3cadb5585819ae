package salesforce

import (
	"encoding/hex"
	"strconv"
	"strings"

	"flexcaselog/internal/caselog"
)

// maxDetail is how many characters of one detail are sent. Nobody has published
// how long methodParams may be; no field that these go into is longer.
const maxDetail = 255

// details returns createRecords' parameter of that name: what is known of the
// task, as JSON, as hex. Nobody has shown whether Salesforce decodes the values
// of methodParams, and hex reads the same in every case.
func details(t caselog.Task, c caselog.Customer) string {
	var json strings.Builder
	json.WriteByte('{')
	for _, d := range []struct{ key, value string }{
		{"channel", t.Channel},
		{"direction", string(t.Direction)},
		{"name", c.Name},
		{"address", c.Address},
		{"queue", t.Queue},
		{"taskSid", string(t.SID)},
		{"recordId", t.Record},
	} {
		if d.value == "" {
			continue
		}
		if json.Len() > 1 {
			json.WriteByte(',')
		}
		json.WriteString(quote(d.key))
		json.WriteByte(':')
		json.WriteString(quote(caselog.CutUTF16(d.value, maxDetail)))
	}
	json.WriteByte('}')
	return hex.EncodeToString([]byte(json.String()))
}

// quote returns s as a JSON string. encoding/json would be a fifth of the whole
// program for this one function.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s { // bytes that are no UTF-8 come as U+FFFD
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteString(`\u00`)
			if r < 0x10 {
				b.WriteByte('0')
			}
			b.WriteString(strconv.FormatInt(int64(r), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
