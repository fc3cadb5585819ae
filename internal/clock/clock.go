// Package clock has points in time as plain numbers. A time.Time inside an event
// or a record, which travel as interfaces, links all of package time's formatting
// and time zones: 25 kB more to download.
package clock

import "time"

// Time is a point in time in microseconds since 1970, UTC. Zero is none.
type Time int64

// Now returns the time of day.
func Now() Time { return Of(time.Now()) }

// Since returns how long ago t was.
func Since(t Time) time.Duration { return Now().Sub(t) }

// Until returns how long it is until t.
func Until(t Time) time.Duration { return t.Sub(Now()) }

// Of returns a time.Time as a Time, to the microsecond.
func Of(t time.Time) Time {
	if t.IsZero() {
		return 0
	}
	return Time(t.UnixMicro())
}

// UnixMicro returns the Time that many microseconds after 1970.
func UnixMicro(us int64) Time { return Time(us) }

// UnixMicro returns how many microseconds after 1970 it is.
func (t Time) UnixMicro() int64 { return int64(t) }

// IsZero tells whether there is no time.
func (t Time) IsZero() bool { return t == 0 }

// Before tells whether t is earlier than u.
func (t Time) Before(u Time) bool { return t < u }

// After tells whether t is later than u.
func (t Time) After(u Time) bool { return t > u }

// Add returns the time d later.
func (t Time) Add(d time.Duration) Time { return t + Time(d/time.Microsecond) }

// Sub returns how much later than u it is.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t-u) * time.Microsecond }

// Cycles of the Gregorian calendar, in days.
const (
	fourHundredYears = 146_097
	hundredYears     = 36_524
	fourYears        = 1_461
	year             = 365

	// fromMarch is the days from 1 March of the year 0 to 1970: a year that begins in
	// March has its leap day at its end.
	fromMarch = 719_468

	day = 24 * 60 * 60 * 1000
)

// String returns for example 2026-11-22T16:10:00.000Z, which is how JavaScript and
// Salesforce write a time. It is for years from 0 to 9999.
func (t Time) String() string {
	ms := int64(t) / 1000
	if int64(t)%1000 < 0 {
		ms--
	}
	days, rest := ms/day, ms%day
	if rest < 0 {
		days, rest = days-1, rest+day
	}
	days += fromMarch
	era, d := days/fourHundredYears, days%fourHundredYears
	years := (d - d/(fourYears-1) + d/hundredYears - d/(fourHundredYears-1)) / year
	d -= years*year + years/4 - years/100
	month := (5*d + 2) / 153 // from March on; five months have 153 days
	dayOfMonth := d - (153*month+2)/5 + 1
	month += 3
	years += era * 400
	if month > 12 {
		month, years = month-12, years+1
	}
	b := []byte("0000-00-00T00:00:00.000Z")
	put(b[0:4], years)
	put(b[5:7], month)
	put(b[8:10], dayOfMonth)
	put(b[11:13], rest/3_600_000)
	put(b[14:16], rest/60_000%60)
	put(b[17:19], rest/1000%60)
	put(b[20:23], rest%1000)
	return string(b)
}

// put writes the last digits of n.
func put(b []byte, n int64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}
