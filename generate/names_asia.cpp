// Names of the Arab countries, Cambodia and Central Asia.
#include "generate/names.hpp"

namespace tessera {

CultureSpec arabic_names() {
  CultureSpec spec;
  spec.script = Script::kArabic;
  spec.wife_takes_name = 0.05;
  spec.has_second_given = 0.60;
  spec.second_is_fathers = 0.90;
  spec.male = {
      .common =
          "Mohamed Ahmed Mahmoud Ali Hassan Hussein Ibrahim Mustafa Khaled Omar Yousef "
          "Abdullah Abdelrahman Saleh Said Tarek Samir Karim Walid Hamza Bilal Ismail Adel "
          "Nasser Faisal Fahd Sultan Majed Rami Ziad Nabil Jamal Hani Hisham Imad Jaber Kamel "
          "Laith Marwan Mazen Munir Osama Qasim Rashid Sami Taha Yasser Yahya Zaid Ayman "
          "Bassam Ghassan Abdelkader Abdelaziz Noureddine Salaheddine Anwar Ridha",
      .grammar = {.starts = "Sa Ja Ka Na Ra Fa Ma Ha Ba Za Gha Sha Ta Wa Abdel Mu Qa Lu A",
                  .middles = "lee me bi hi ri fi ki di si rou",
                  .ends = "r d n m l b f q s t"},
      .size = 700,
      .offset = 4};
  spec.female = {
      .common =
          "Fatima Mariam Aisha Zainab Khadija Amina Noura Sara Huda Layla Salma Samira Nadia "
          "Rania Hanan Amal Iman Asma Dina Farah Ghada Hala Hind Jamila Karima Latifa Lina "
          "Maha Mona Najwa Nawal Rasha Reem Rim Sahar Sana Shaimaa Suad Wafa Yasmin Zahra "
          "Bushra Dalal Fawzia Hayat Ibtisam Jihan Kawthar Lubna Malak Manal Nisrine Rabab",
      .grammar = {.starts = "Sa Ja Ka Na Ra Fa Ma Ha Ba Za Gha Sha Ta Wa Mu Lu A I Su",
                  .middles = "lee mi bi hi ri fi ki di si dou",
                  .ends = "ra da na ma la ba ya qa sa ha"},
      .size = 700,
      .offset = 4};
  spec.family = {
      .common =
          "Al-Ahmad Al-Hassan Al-Ali Haddad Khalil Mansour Saleh Al-Masri Al-Najjar Hamdan "
          "Qasim Al-Khatib Al-Sayed Nasser Abbas Darwish Al-Shami Al-Omari Al-Harbi Al-Ghamdi "
          "Al-Zahrani Al-Qahtani Al-Otaibi Benali Boudiaf Belkacem Ouali Bouzid Chaabane "
          "Trabelsi Jebali Gharbi Hammami Al-Tikriti Al-Basri Al-Hashimi Al-Jabouri Abu-Bakr "
          "Ould-Ahmed Ben-Salem Abdelnour Al-Rashid Al-Maliki",
      .grammar = {.starts =
                      "Al-Ha Al-Ma Al-Sa Al-Ja Al-Ba Al-Ka Al-Za Al-Qa Al-Ra Al-Sha Al-Fa Ben-Ha "
                      "Ben-Sa Ben-Ma Bou-Ja Abu-Sa Abu-Ha Ha Ma Sa Ka Za Fa Gha Na Ta Bel Bou",
                  .middles = "ri ma dha si lou wa ra tta bba ssa ni shi ka mda",
                  .ends = "ni wi di ri mi bi li shi ssi fi ki wy zi n d r"},
      .size = 5500,
      .offset = 5};
  spec.male_second = "Mohamed Ahmed Ali Hassan Ibrahim Saleh Omar Khaled";
  spec.female_second = "Mohamed Ahmed Ali Hassan Ibrahim Saleh";
  spec.male_twins = "Hassan/Hussein Mohamed/Mahmoud Omar/Ammar Yasser/Yasir Sami/Samir";
  spec.female_twins = "Hala/Hana Noura/Nour Samira/Amira Rim/Reem Fatima/Fatma";
  spec.nicknames =
      "Mohamed=Hamada,Med Mustafa=Safa Abdullah=Abed,Abdo Abdelrahman=Abdou,Abed Ibrahim=Barhoum "
      "Khadija=Khadouj Fatima=Fatma,Fatoum Zainab=Zouzou,Zaina Mahmoud=Hamoud Yousef=Youssouf,Joe "
      "Abdelkader=Kader Abdelaziz=Aziz Salaheddine=Salah Noureddine=Nour Hussein=Hsen "
      "Mariam=Mimi Aisha=Aicha,Shosho Samira=Samar Khaled=Khalid Nadia=Nado Layla=Leila";
  spec.villages = {.starts =
                       "Al-Ha Al-Ma Al-Sa Beit-Ja Beit-Ma Kafr-Sa Tel-Ba Deir-Ha Ain-Za Oum-Ra "
                       "Wadi-Na Bir-Ka Khan-Sa Sidi-Ma",
                   .middles = "ri ma dha si lou wa ra tta bba ssa _",
                   .ends = "ra na la da m d n ya wa riya niya b sh"};
  return spec;
}

CultureSpec khmer_names() {
  CultureSpec spec;
  spec.script = Script::kKhmer;
  spec.wife_takes_name = 0.04;
  spec.swaps_names = 3;
  spec.male = {
      .common =
          "Sok Dara Vuthy Sophal Samnang Bora Rithy Sambath Sarath Vanna Phirun Piseth Rattana "
          "Makara Visal Chan Heng Kosal Narith Pheak Ratha Sambo Savuth Seiha Sokha Sothea "
          "Thearith Tola Udom Veasna Vibol Vichea Virak Dina Kimhong Lyhour Menghour Panha "
          "Phanith Rotha Sovann Sopheap Sovannara Chenda Kunthea",
      .grammar = {.starts = "So Sa Vi Ra Pi Cha Ka Bo Da Na Phi The Ve Mo Ki Li Ra Ti",
                  .middles = "pha mna ri tha va kha nna vo ra se",
                  .ends = "l ng th t k n ra m y rith"},
      .size = 500,
      .offset = 5};
  spec.female = {
      .common =
          "Sreymom Sophea Chanthy Bopha Kunthea Sreyneang Maly Phalla Ratha Rachana Sothea "
          "Sreypov Theary Vanny Leakhena Channary Chenda Dany Kalyan Kimly Linda Mealea Mony "
          "Nary Navy Pisey Raksmey Sinoun Socheata Sokunthea Solida Sopheap Sovanna Sreyleak "
          "Thida Tevy Vichara Sokha Malis Davy",
      .grammar = {.starts = "So Srey Vi Ra Pi Cha Ka Bo Da Na Phi The Ve Mo Ki Li Ma Ti",
                  .middles = "pha mna ri tha va kha nna vo ra li",
                  .ends = "ry ng na ka ny ra ly my ta y"},
      .size = 500,
      .offset = 5};
  spec.family = {
      .common =
          "Sok Chea Kim Chan Heng Keo Sim Mao Ly Chhim Pich Seng Lim Nhem Som Ros Meas Nuon "
          "Phan Tep Touch Uk Yim Yem Prak Pen Oum Noun Ny Mom Long Kong Khiev Khun Huot Hong "
          "Hem Ham Em Eang Doung Chum Chhay Chhorn Chek Chap Bun Ben Sun Tan Thy Tith Uch Un "
          "Va Vong Yin Yos",
      .grammar = {.starts = "Ch Kh Ph S M N P T V L Y R H D B K Chh Th",
                  .middles = "a o ea ou ie eu u i e oe",
                  .ends = "n m ng k p t v y l s ch"},
      .size = 1100,
      .offset = 3};
  spec.male_twins = "Dara/Darith Bora/Borin Sokha/Sokhom Vuthy/Rithy";
  spec.female_twins = "Sreymom/Sreypov Maly/Mala Theary/Thida Sophea/Sopheap";
  spec.nicknames =
      "Samnang=Nang Sophal=Phal Sambath=Bath Sreymom=Mom,Srey Sreyneang=Neang,Srey "
      "Sreypov=Pov,Srey Channary=Nary Sokunthea=Thea Sovannara=Nara,Vann Socheata=Cheata "
      "Leakhena=Khena Rattana=Rath,Tana Kimhong=Hong Menghour=Hour Raksmey=Smey Kunthea=Thea";
  spec.villages = {.starts =
                       "Phum-Tha Phum-Sa Ta-Ke Prey-Ve Prey-Cha Kam-Po Svay-Ri Trapeang-Ra "
                       "Kok-Chen Boeng-Ta Wat-Ka Stung-Tre Chroy-Ka Bat-Do",
                   .middles = "ro me a ra mbo nla _",
                   .ends = "ng n m th k l y t v"};
  return spec;
}

CultureSpec central_asian_names() {
  CultureSpec spec;
  spec.script = Script::kCyrillic;
  spec.naming = FamilyNaming::kInheritedByGender;
  spec.wife_takes_name = 0.75;
  spec.has_second_given = 0.02;
  spec.male = {
      .common =
          "Aibek Nurlan Bakyt Azamat Ulan Marat Talant Ruslan Timur Daniyar Ermek Kubanych "
          "Almaz Bekzat Farkhod Rustam Sherzod Jamshid Bakhtiyor Dilshod Firuz Alisher Aziz "
          "Bobur Ilhom Islom Jahongir Komil Nodir Otabek Sardor Umid Zafar Maksat Meder "
          "Nurbek Samat Sanjar Tilek Zhanibek Chyngyz Askar Kairat Serik Yerlan Dastan",
      .grammar = {.starts = "Nur Bek Ai Kai El Tal Zhan Mur Sha Ta As Dil Far Is Jah Kub Ul Er",
                  .middles = "a u i sul mu tem zho _",
                  .ends = "bek lan rat tan zhan bolot din mir dor zod"},
      .size = 600,
      .offset = 7};
  spec.female = {
      .common =
          "Aigul Gulnara Ainura Jyldyz Asel Nurgul Cholpon Zarina Madina Dilnoza Gulbahor "
          "Aizada Begimai Elmira Feruza Kamila Kanykei Malika Meerim Mohira Nargiza Nazgul "
          "Nigora Nilufar Oydin Perizat Saltanat Shahnoza Sitora Tamara Umida Venera "
          "Zamira Zulfiya Aliya Dinara Aisuluu Burul Damira Gulzat Roza Svetlana",
      .grammar = {.starts = "Nur Gul Ai Kai El Tal Zhan Mur Sha Ta As Dil Far Zul Me Bu Ul Ra",
                  .middles = "a u i na mi za zho _",
                  .ends = "gul ra na zat kan rim mira la noza bika sha"},
      .size = 600,
      .offset = 7};
  spec.family = {
      .common =
          "Toktogulov Asanov Mamatov Karimov Rahimov Abdullaev Sultanov Usmanov Yusupov "
          "Ibragimov Saidov Nazarov Sharipov Kadyrov Ismailov Aliev Osmonov Bekov Sydykov "
          "Isakov Zhumabaev Kasymov Tursunov Ergashev Mirzoev Rakhmonov Hakimov Umarov "
          "Khodjaev Satybaldiev Duishenov Orozbekov Matkarimov",
      .grammar = {.starts =
                      "Abd Ak As Bai Bek Do Er Iman Is Ka Kad Kul Ma Mir Nur Oroz Ra Sa Shar Su "
                      "Tok Tur Uz Zhan Zhum Al Berd Chy",
                  .middles = "a u i am al mur bek yl tan sun kar dym",
                  .ends = "ov ev baev lov murov diev kulov shev nov bekov"},
      .size = 2800,
      .offset = 6};
  spec.male_second = "Ali Bek Khan";
  spec.female_second = "Gul Ai Khanum";
  spec.male_twins = "Hasan/Husan Aibek/Nurbek Farkhod/Firuz";
  spec.female_twins = "Fatima/Zuhra Aigul/Nurgul Zarina/Karina Dinara/Damira";
  spec.nicknames =
      "Aibek=Aika Nurlan=Nurik Bakyt=Baha Azamat=Aza Ruslan=Rus,Rusik Timur=Tima Daniyar=Dan,Danik "
      "Gulnara=Gulya Ainura=Aika Zarina=Zara Madina=Madi Dilnoza=Dilya Svetlana=Sveta "
      "Alisher=Alik Jahongir=Jahon Rustam=Rus Zhanibek=Zhanik Shahnoza=Shahlo Elmira=Elya "
      "Nargiza=Nara Nazgul=Naza Begimai=Begi Saltanat=Salta Kubanych=Kuba";
  spec.villages = {.starts = "Ak Kara Kyzyl Bash Tash Jany Chon Kok Sary Uch Oy Bel Kum At Ala",
                   .middles = "-Su -Tala -Kol -Bulak -Tash -Ata a u _",
                   .ends = "bel kent abad dan bashy bay ter kishlak too"};
  return spec;
}

}  // namespace tessera
