// Command relay accepts TCP connections on one address and hands them on to another: relay LISTEN TARGET.
// Temporal's development server works on loopback only; pods reach it through this, on the bridge.
package main

import (
	"io"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: relay LISTEN TARGET")
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Print(err)
			time.Sleep(100 * time.Millisecond) // out of files, most likely: some will close
			continue
		}
		go relay(connection.(*net.TCPConn), os.Args[2])
	}
}

func relay(from *net.TCPConn, target string) {
	defer from.Close()
	connection, err := net.DialTimeout("tcp", target, 5*time.Second)
	if err != nil {
		return // the caller sees a closed connection, as it would from the target
	}
	to := connection.(*net.TCPConn)
	defer to.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(to, from)
		to.CloseWrite()
	}()
	io.Copy(from, to)
	from.CloseWrite()
	<-done
}
