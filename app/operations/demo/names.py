"""Made-up names, telephone numbers and addresses of a trial office; nobody is meant."""

from random import Random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Đinh", "Lương")
MIDDLE_WOMEN = ("Thị", "Thu", "Ngọc", "Thanh", "Minh", "Hồng")
MIDDLE_MEN = ("Văn", "Đức", "Quang", "Hữu", "Minh", "Tuấn")
WOMEN = ("Lan", "Hà", "Hạnh", "Mai", "Đào", "Yến", "Oanh", "Thảo", "Hương", "Ánh", "Nhung", "Phượng")
MEN = ("Minh", "Sơn", "Hùng", "Dũng", "Đạt", "Khôi", "Lộc", "Nam", "Phúc", "Thắng", "Tùng", "Ước")
STREETS = ("Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Đức Cảnh", "Tô Hiệu", "Lạch Tray", "Điện Biên Phủ")
COMMUNES = ("phường Hồng Bàng", "phường Ngô Quyền", "phường Lê Chân", "xã An Lão", "xã Tiên Lãng", "đặc khu Cát Hải")
BUSINESSES = ("Công ty TNHH Thương mại", "Công ty cổ phần Xây dựng", "Hợp tác xã Nuôi trồng", "Công ty TNHH Vận tải")
BUSINESS_NAMES = ("An Phú", "Bình Minh", "Đông Hải", "Hoàng Long", "Sao Biển", "Thành Đạt")
_PEOPLE = frozenset(("citizen", "household", "foreigner", "overseas_vietnamese", "official"))


def person_name(random: Random) -> str:
    """A full name in Vietnamese order."""
    if random.random() < 0.5:
        middle, given = random.choice(MIDDLE_WOMEN), random.choice(WOMEN)
    else:
        middle, given = random.choice(MIDDLE_MEN), random.choice(MEN)
    return f"{random.choice(FAMILY)} {middle} {given}"


def applicant(random: Random, kind: str) -> dict[str, str]:
    """An applicant of that kind, with a number that has the right shape."""
    person = kind in _PEOPLE
    name = person_name(random) if person else f"{random.choice(BUSINESSES)} {random.choice(BUSINESS_NAMES)}"
    identity = f"031{random.randrange(0, 2)}{random.randrange(60, 99):02}{random.randrange(10**6):06}"
    return {
        "kind": kind,
        "name": name,
        "identity": identity if person else "0100109106",
        "phone": f"09{random.randrange(10**8):08}",
        "address": f"số {random.randrange(1, 300)} {random.choice(STREETS)}, {random.choice(COMMUNES)}",
    }
