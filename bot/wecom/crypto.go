package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
)

const (
	padTo   = 32 // WeCom pads to twice the size of an AES block
	saltLen = 16
	headLen = saltLen + 4
)

// errCipher says nothing about what was wrong: who may learn that learns the plaintext, byte by byte.
var errCipher = errors.New("not decryptable")

// seal is what one callback is signed and encrypted with. Apps and AI bots use the same scheme; they differ
// in the receiver named at the end of every plaintext, which is the corpid of an app and nothing of an AI bot:
// https://developer.work.weixin.qq.com/document/path/90968
type seal struct {
	token    string
	key      []byte
	receiver string
}

var errKey = errors.New("the EncodingAESKey has 43 letters and digits")

func newSeal(token, aesKey, receiver string) (*seal, error) {
	key, err := mediaKey(aesKey)
	if err != nil || len(aesKey) != 43 {
		return nil, errKey
	}
	return &seal{token: token, key: key, receiver: receiver}, nil
}

// mediaKey is a key in base64, with or without its padding. The last letter of the platform's keys may have
// bits that belong to no byte, so the decoder must not be a strict one.
func mediaKey(text string) ([]byte, error) {
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil || len(key) != 32 {
		return nil, errKey
	}
	return key, nil
}

// sign is the signature of an encrypted text: https://developer.work.weixin.qq.com/document/path/90968
func (s *seal) sign(timestamp, nonce, sealed string) string {
	parts := []string{s.token, timestamp, nonce, sealed}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// open checks the signature and decrypts, in this order.
func (s *seal) open(signature, timestamp, nonce, sealed string) ([]byte, error) {
	if subtle.ConstantTimeCompare([]byte(signature), []byte(s.sign(timestamp, nonce, sealed))) != 1 {
		return nil, errCipher
	}
	return s.decrypt(sealed)
}

// decrypt opens base64(AES-256-CBC(salt ‖ length ‖ message ‖ receiver)).
func (s *seal) decrypt(sealed string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errCipher
	}
	plain, err := decryptCBC(s.key, raw)
	if err != nil || len(plain) < headLen {
		return nil, errCipher
	}
	rest := plain[headLen:]
	length := uint64(binary.BigEndian.Uint32(plain[saltLen:headLen]))
	if length > uint64(len(rest)) || subtle.ConstantTimeCompare(rest[length:], []byte(s.receiver)) != 1 {
		return nil, errCipher
	}
	return rest[:length], nil
}

// encrypt is the inverse of decrypt.
func (s *seal) encrypt(message []byte) string {
	plain := make([]byte, saltLen, headLen+len(message)+len(s.receiver)+padTo)
	_, _ = rand.Read(plain) // it never fails
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(message)))
	plain = append(append(plain, message...), s.receiver...)
	return base64.StdEncoding.EncodeToString(encryptCBC(s.key, plain))
}

func encryptCBC(key, plain []byte) []byte {
	n := padTo - len(plain)%padTo
	for range n {
		plain = append(plain, byte(n))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key's length was checked
	}
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(plain, plain)
	return plain
}

// decryptCBC decrypts in place and takes the padding off.
func decryptCBC(key, sealed []byte) ([]byte, error) {
	if len(sealed) < padTo || len(sealed)%padTo != 0 {
		return nil, errCipher
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errCipher
	}
	cipher.NewCBCDecrypter(block, key[:aes.BlockSize]).CryptBlocks(sealed, sealed)
	return unpad(sealed)
}

// unpad takes PKCS#7 to 32 off. It looks at every byte the padding could have, whatever it is.
func unpad(plain []byte) ([]byte, error) {
	n := int(plain[len(plain)-1])
	good := subtle.ConstantTimeLessOrEq(1, n) & subtle.ConstantTimeLessOrEq(n, padTo)
	for i := 1; i <= padTo; i++ {
		inside := subtle.ConstantTimeLessOrEq(i, n)
		equal := subtle.ConstantTimeByteEq(plain[len(plain)-i], byte(n))
		good &= subtle.ConstantTimeSelect(inside, equal, 1)
	}
	if good != 1 {
		return nil, errCipher
	}
	return plain[:len(plain)-n], nil
}
