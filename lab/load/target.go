package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// allowed are the addresses that may get load: this machine's loopback and the lab's pods and services.
var allowed = []netip.Prefix{
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("::1/128"),
	netip.MustParsePrefix("10.244.0.0/16"),
	netip.MustParsePrefix("10.96.0.0/16"),
}

func allowedAddress(address netip.Addr) error {
	for _, network := range allowed {
		if network.Contains(address.Unmap()) {
			return nil
		}
	}
	return fmt.Errorf("refused: %s is neither loopback nor one of the lab's own addresses %v", address, allowed[2:])
}

func allowedURL(text string) error {
	target, err := url.Parse(text)
	if err != nil {
		return fmt.Errorf("--url: %w", err)
	}
	if target.Scheme != "http" || target.Hostname() == "" {
		return fmt.Errorf("--url is %q: it must be http://ADDRESS[:PORT]/PATH", text)
	}
	if address, err := netip.ParseAddr(target.Hostname()); err == nil {
		return allowedAddress(address)
	}
	limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	addresses, err := net.DefaultResolver.LookupNetIP(limit, "ip", target.Hostname())
	if err != nil {
		return fmt.Errorf("--url: %w", err)
	}
	for _, address := range addresses {
		if err := allowedAddress(address); err != nil {
			return err
		}
	}
	return nil
}

// newClient checks the address again whenever it connects, because a name may have changed its meaning; it uses no
// proxy and follows no redirect, which could lead elsewhere.
func newClient(order Order) *http.Client {
	dialer := &net.Dialer{Timeout: order.Timeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		return allowedAddress(to.Addr())
	}}
	return &http.Client{
		Timeout: order.Timeout,
		Transport: &http.Transport{
			DialContext:         dialer.DialContext,
			MaxIdleConnsPerHost: order.InFlight,
			MaxIdleConns:        order.InFlight,
			DisableCompression:  true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
