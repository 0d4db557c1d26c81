import pytest

from pesue.foundation.addresses import networks, open_to_us


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # metadata of most clouds
        "168.63.129.16",  # Azure's
        "100.100.100.200",  # Alibaba's, in shared address space
        "100.64.0.1",
        "192.0.0.192",  # Oracle's
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",  # 127.0.0.1 through NAT64
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",  # through 6to4
        "2001:0:1:2::80ff:fffe",  # through Teredo
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",  # Amazon's
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_refused(address: str) -> None:
    assert not open_to_us(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8"]
)
def test_open(address: str) -> None:
    assert open_to_us(address)


def test_an_intranet_can_be_allowed_and_only_it() -> None:
    allowed = networks(["10.20.0.0/16", "fd12::/16"])
    assert open_to_us("10.20.3.4", allowed)
    assert open_to_us("::ffff:10.20.3.4", allowed)
    assert open_to_us("fd12::1", allowed)
    assert not open_to_us("10.21.0.1", allowed)
    assert not open_to_us("127.0.0.1", allowed)


def test_a_wrong_network_is_named() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/99"):
        networks(["10.0.0.0/99"])
