// Command floor is the smallest program that calls the page's JavaScript by
// syscall/js and safejs: what every such program has to download.
package main
