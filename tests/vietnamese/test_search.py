import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.search import search_key, sort_key

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ĐÂÊ"
)


def test_marks_case_and_spaces_do_not_matter_for_search():
    assert search_key("  Trần Văn\u00a0 ĐỊNH ") == "tran van dinh"
    assert search_key("Đặng Thị Ngưỡng") == "dang thi nguong"
    assert search_key("H24.17-261123-0041") == "h24.17-261123-0041"


def test_an_invisible_character_does_not_hide_a_name():
    assert search_key("Trần\u200b Văn\ufeff An") == "tran van an"


def test_the_wrong_d_of_old_keyboards_is_found_too():
    assert search_key("Ðỗ Văn Ðạt") == "do van dat"


@given(st.text())
def test_the_search_key_of_a_search_key_is_itself(text):
    assert search_key(search_key(text)) == search_key(text)


@given(VIETNAMESE)
def test_both_normal_forms_give_the_same_keys(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert search_key(composed) == search_key(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


@given(VIETNAMESE)
def test_a_search_key_of_vietnamese_is_plain_ascii(text):
    assert search_key(text).isascii()


@given(VIETNAMESE, st.integers(0, 10), st.integers(0, 10))
def test_every_part_of_a_text_is_found_by_its_own_key(text, start, length):
    assert search_key(text[start : start + length]) in search_key(text)


def in_order(*words: str) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == list(words)


def test_letters_come_in_the_order_of_the_vietnamese_alphabet():
    in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def test_tones_come_in_the_order_level_huyen_hoi_nga_sac_nang():
    in_order("ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ")


def test_tones_decide_only_between_syllables_of_the_same_letters():
    in_order("bạ", "bác", "bản", "bánh", "băm", "bầm", "bo")


def test_a_syllable_with_all_its_words_stands_before_the_next_tone():
    in_order("ba", "ba hoa", "bà", "bà chủ", "bá", "bá cáo")


def test_the_provinces_stand_as_in_the_official_list():
    in_order(
        "An Giang", "Bà Rịa – Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương",
        "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông",
        "Điện Biên",
        "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng",
        "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai",
        "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình",
        "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình",
        "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc",
        "Yên Bái",
    )  # fmt: skip


def test_family_names_sort_word_by_word_and_case_does_not_matter():
    in_order("bùi An", "Đỗ An", "Hà An", "Hà Văn Bình", "Hoàng An", "Lê An", "LÝ An", "Nguyễn Ái", "Nguyễn Ân", "Vũ An")


def test_the_place_of_the_tone_in_a_syllable_makes_no_difference():
    assert sort_key("hòa thủy") == sort_key("hoà thuỷ")


@given(st.text(), st.text())
def test_the_sort_key_agrees_with_the_search_key_about_sameness(one, other):
    if sort_key(one) == sort_key(other) and one.isalnum() and one.isascii() and other.isalnum() and other.isascii():
        assert search_key(one) == search_key(other)


@given(VIETNAMESE)
def test_a_sort_key_of_vietnamese_is_ascii_so_that_any_database_orders_it_by_bytes(text):
    assert sort_key(text).isascii()
