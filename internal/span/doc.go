// Package span says how long something may go on: what package context does, in
// the words of package context, without what the plugin has no use for. Package
// context keeps times in its types and prints them, and so links all of package
// time's formatting and time zones, and reflection: 46 kB more to download.
//
// Every context.Context is a [Context].
package span
